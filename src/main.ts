import 'reflect-metadata';
import { run } from './start/run.service.ts';

await run();
