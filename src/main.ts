#!/usr/bin/env node
import process from 'node:process';
import { stopOnSignals } from './cli/stop-signals.js';

const signal = stopOnSignals(process, (code, reason) => {
  if (reason !== null) process.stderr.write(`${reason}\n`);
  process.exit(code);
});

// A reader that goes away (`omnifeed plan x | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Loaded only now: a signal meanwhile is heard too.
const { run } = await import('./cli/run.js');
process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  signal,
  out: process.stdout,
  err: process.stderr,
});
