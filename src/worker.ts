import 'reflect-metadata';
import { run } from './start/run.service.ts';

// the same application without pages, for a second machine
await run('worker');
