import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Meters } from './meters.js';
import { COUNTED, PREFIX, STORED, type StoredName } from './metric-table.js';
import type { Sample } from './read-stored.js';

/** The metrics of a process. */
export interface HouseMetrics {
  readonly meters: Meters;
  /** Everything in Prometheus' text format. What is stored is read now; when it cannot be, what the process counted is told all the same. */
  text(readStored: () => Promise<readonly Sample[]>): Promise<string>;
  /** Media type of the text. */
  readonly type: string;
}

/** From a local answer to a channel's slowest. */
const CALL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** From a look that found nothing to a first import. */
const JOB_SECONDS = [0.01, 0.05, 0.25, 1, 5, 15, 60, 300, 1_800];

/** Starts counting. One per process: the metrics of the process itself are in it too. */
export function openMetrics(version: string): HouseMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  const counted = <Name extends keyof typeof COUNTED>(name: Name) => ({
    name: `${PREFIX}${name}`,
    help: COUNTED[name].help,
    labelNames: [...COUNTED[name].labels],
    registers: [registry],
  });
  const calls = new Counter(counted('channel_requests_total'));
  const callSeconds = new Histogram({ ...counted('channel_request_seconds'), buckets: CALL_SECONDS });
  const skew = new Gauge(counted('clock_skew_seconds'));
  const runs = new Counter(counted('job_runs_total'));
  const runSeconds = new Histogram({ ...counted('job_duration_seconds'), buckets: JOB_SECONDS });
  new Gauge(counted('build_info')).set({ version }, 1);
  const stored = storedGauges(registry);
  return {
    type: registry.contentType,
    meters: {
      channelCall({ channel, outcome, seconds, skewMs }) {
        calls.inc({ channel, outcome });
        callSeconds.observe({ channel }, seconds);
        if (skewMs !== null) skew.set({ channel }, skewMs / 1_000);
      },
      jobRun({ job, failed, seconds }) {
        runs.inc({ job, outcome: failed ? 'failed' : 'done' });
        runSeconds.observe({ job }, seconds);
      },
    },
    async text(readStored) {
      const samples = await readStored().catch(() => null);
      for (const gauge of stored.values()) gauge.reset(); // a channel that is gone is told no more
      stored.get('scrape_failed')?.set(samples === null ? 1 : 0);
      for (const { name, labels, value } of samples ?? [])
        stored.get(name)?.set(named(STORED[name].labels, labels), value);
      return registry.metrics();
    },
  };
}

function storedGauges(registry: Registry): ReadonlyMap<StoredName, Gauge> {
  return new Map(
    Object.entries(STORED).map(([name, { help, labels }]) => [
      name as StoredName,
      new Gauge({ name: `${PREFIX}${name}`, help, labelNames: [...labels], registers: [registry] }),
    ]),
  );
}

function named(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, at) => [name, values[at] ?? '']));
}
