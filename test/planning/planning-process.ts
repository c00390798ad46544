import { run } from '../../src/start/run.service.ts';

/** A process of its own that works the jobs of DATABASE_URL until it is killed */
await run('worker');
