#!/usr/bin/env node
import process from 'node:process';
import { run } from './cli/run.js';

// The first signal asks everything to finish; the second one ends the process at once.
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stop.abort(new Error(`stopped by ${signal}`));
    process.once(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
  });
}

// A reader that goes away (`omnifeed plan x | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  signal: stop.signal,
  out: process.stdout,
  err: process.stderr,
});
