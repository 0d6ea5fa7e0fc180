import process from 'node:process';
import { jobHandlers } from '../../dist/jobs/index.js';
import { openApp } from '../../dist/src/app.js';

// The same house, jobs and queue as `omnifeed start`, looking for verdicts of simulated channels early.
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const app = await openApp(process.argv[2], { settleAfterMs: 100 });
await app.queue.wake('sweep', '*');
process.stdout.write('ready\n');
await app.queue.work(jobHandlers(app), { concurrency: 8, signal: stop.signal });
await app.close();
