#!/usr/bin/env node
import process from 'node:process';

/** Signals that come so close together are one Ctrl-C: terminal and npm may each send one. */
const ONE_PRESS_MS = 1_000;

// The first signal asks everything to finish; a later one ends the process at once.
const stop = new AbortController();
let firstAt: number | undefined;
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => {
    firstAt ??= performance.now();
    if (!stop.signal.aborted) stop.abort(new Error(`stopped by ${signal}`));
    else if (performance.now() - firstAt > ONE_PRESS_MS) process.exit(code);
  });
}

// A reader that goes away (`omnifeed plan x | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

// Loaded only now: a signal meanwhile is heard too.
const { run } = await import('./cli/run.js');
process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  signal: stop.signal,
  out: process.stdout,
  err: process.stderr,
});
