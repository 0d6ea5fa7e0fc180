import { emptyImage } from './image.js';
import { type Outcome, planOf, run } from './run.js';
import { shrink } from './shrink.js';

/** Which seeds a process takes: every `processes`th from `first`. */
export interface Slice {
  readonly seeds: number;
  readonly first: number;
  readonly processes: number;
}

/** What a process tells of one run, as a line of JSON. */
export interface RunLine {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly virtualMs: number;
  readonly kills: number;
  readonly orders: number;
  readonly coverage: readonly (readonly [string, number])[];
  /** The broken promise, and the smallest way to break it that was found. */
  readonly broken?: { readonly message: string; readonly report: readonly string[] };
}

/** One in a hundred runs is done twice: the same seed must give the same trace. */
const TWICE_EVERY = 100;
const TRACE_SHOWN = 60;

/** Runs the seeds of one process and writes a line for each; ends with the first broken promise. */
export async function runSlice({ seeds, first, processes }: Slice): Promise<void> {
  const image = await emptyImage();
  for (let seed = first; seed < first + seeds; seed += processes) {
    const outcome = await run(planOf(seed), image);
    const again = seed % TWICE_EVERY === 0 ? await run(planOf(seed), image) : outcome;
    const differs = again.traceHash !== outcome.traceHash;
    const failed = outcome.violation !== null;
    const broken = failed
      ? {
          message: outcome.violation.message,
          report: reportOf(await shrink(outcome, (plan) => run(plan, image))),
        }
      : differs
        ? { message: '26 reproducible: the same seed gave another trace', report: [] }
        : undefined;
    const line: RunLine = {
      seed,
      hash: outcome.traceHash,
      events: outcome.events,
      virtualMs: outcome.virtualMs,
      kills: outcome.kills,
      orders: outcome.orders,
      coverage: [...outcome.coverage],
      ...(broken === undefined ? {} : { broken }),
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (broken !== undefined) return;
  }
}

function reportOf({ plan, fired, trace, violation }: Outcome): string[] {
  const { goods, nodes, chaosMs, strict } = plan.scale;
  return [
    `${goods} goods, ${nodes} machines, ${chaosMs / 1_000} s of trouble, ${strict ? 'strict' : 'shared'} stock; with ${[...plan.actors].join(', ') || 'nobody'}`,
    `trouble: ${fired.map(({ kind, where }) => `${kind} at ${where}`).join('; ') || 'none'}`,
    violation?.message ?? '',
    ...trace.slice(-TRACE_SHOWN),
  ];
}
