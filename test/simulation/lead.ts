import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { MUTANTS } from './mutants.js';
import type { RunLine, Slice } from './slice.js';
import { FAULTS } from './weather.js';

/** What is to be simulated. */
export interface Order extends Slice {
  readonly mutant: string | undefined;
}

const SIMULATE = fileURLToPath(new URL('./simulate.js', import.meta.url));

/** Shares the runs among processes, counts, and says what was found. Answers the exit code. */
export async function lead(order: Order): Promise<number> {
  if (order.mutant === 'all') return tryMutants(order);
  const began = performance.now();
  const runs = await runAll(order, (done) => progress(done, order.seeds, began));
  const seconds = (performance.now() - began) / 1_000;
  const broken = runs.filter((run) => run.broken !== undefined).sort((a, b) => a.seed - b.seed);
  const sum = (what: (run: RunLine) => number): number => runs.reduce((total, run) => total + what(run), 0);
  say(
    `${runs.length} runs in ${seconds.toFixed(1)} s (${((runs.length * 60) / seconds).toFixed(0)} a minute): ${sum((run) => run.virtualMs / 3_600_000).toFixed(1)} virtual hours, ${sum((run) => run.events)} events, ${sum((run) => run.kills)} kills, ${sum((run) => run.orders)} orders`,
  );
  sayCoverage(runs);
  for (const { seed, broken: found } of broken) {
    say(`\nseed ${seed}: ${found?.message}`);
    for (const line of found?.report ?? []) say(`  ${line}`);
    say(
      `again: npm run simulate -- --seed ${seed} --seeds 1${order.mutant === undefined ? '' : ` --mutant ${order.mutant}`}`,
    );
  }
  if (order.mutant !== undefined) return broken.length > 0 ? 0 : 1;
  return broken.length === 0 ? 0 : 1;
}

/** Each bug must be found within so many runs. */
async function tryMutants(order: Order): Promise<number> {
  let missed = 0;
  for (const { name, what } of MUTANTS) {
    const runs = await runAll({ ...order, mutant: name }, () => undefined);
    const found = runs.filter((run) => run.broken !== undefined).sort((a, b) => a.seed - b.seed)[0];
    if (found === undefined) missed += 1;
    say(
      `${name.padEnd(26)} ${found === undefined ? `NOT FOUND in ${order.seeds} runs` : `seed ${found.seed}: ${found.broken?.message}`}   (${what})`,
    );
  }
  say(`${MUTANTS.length - missed} of ${MUTANTS.length} bugs found within ${order.seeds} runs`);
  return missed === 0 ? 0 : 1;
}

async function runAll(order: Order, onRun: (done: number) => void): Promise<readonly RunLine[]> {
  const runs: RunLine[] = [];
  const processes = Math.max(1, Math.min(order.processes, order.seeds));
  const stop = new AbortController();
  await Promise.all(
    Array.from({ length: processes }, (_, at) =>
      slice({ ...order, processes, first: order.first + at, seeds: order.seeds - at }, stop, (run) => {
        runs.push(run);
        onRun(runs.length);
        if (run.broken !== undefined) stop.abort();
      }),
    ),
  );
  return runs;
}

/** One process over its seeds. One that ends otherwise than by itself, or with an error, is a failure of the simulation. */
async function slice(order: Order, stop: AbortController, onRun: (run: RunLine) => void): Promise<void> {
  const { first, seeds, processes, mutant } = order;
  const given = ['--slice', '--seed', `${first}`, '--seeds', `${seeds}`, '--processes', `${processes}`];
  if (mutant !== undefined) given.push('--mutant', mutant);
  const child = spawn(process.execPath, [SIMULATE, ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
  const halt = (): void => void child.kill();
  stop.signal.addEventListener('abort', halt);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  for await (const line of createInterface({ input: child.stdout })) onRun(JSON.parse(line) as RunLine);
  const code = await ended;
  if (code !== 0 && !stop.signal.aborted) throw new Error(`a process of the simulation ended with ${code}`);
}

function sayCoverage(runs: readonly RunLine[]): void {
  const met = new Map<string, number>();
  for (const { coverage } of runs)
    for (const [name, count] of coverage) met.set(name, (met.get(name) ?? 0) + count);
  say('trouble met, by kind (places):');
  for (const kind of Object.keys(FAULTS)) {
    const places = [...met].filter(([name]) => name.startsWith(`${kind} `));
    const total = places.reduce((sum, [, count]) => sum + count, 0);
    say(
      `  ${kind.padEnd(22)} ${String(total).padStart(6)}  ${places.map(([name, count]) => `${name.slice(kind.length + 1)} ${count}`).join(', ')}`,
    );
  }
}

const SHOW_EVERY = 50;

function progress(done: number, of: number, began: number): void {
  if (done % SHOW_EVERY !== 0) return;
  const perMinute = (done * 60_000) / (performance.now() - began);
  process.stderr.write(`${done} of ${of} runs, ${perMinute.toFixed(0)} a minute\n`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
