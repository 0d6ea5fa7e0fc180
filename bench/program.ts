import type { MadeCatalog } from './catalog-generator.js';

/** What a measured program is given. Its process does nothing else. */
export interface ProgramInput {
  readonly catalog: MadeCatalog;
  /** A folder of its own, removed afterwards. */
  readonly folder: string;
  /** A database with the catalog in it, to be copied by whoever changes it; absent for programs without a store. */
  readonly database?: string;
}

/** What a measured program did. */
export interface ProgramOutcome {
  /** Time of the work itself, start of the process and preparations left out. */
  readonly ms: number;
  /** Processor time of all threads meanwhile. */
  readonly cpuMs: number;
  /** Listings written, or variants imported. */
  readonly items: number;
  /** Bytes written (feeds) or read (imports). */
  readonly bytes: number;
  /** Feeds that must parse and hold every variant of the catalog. */
  readonly feeds?: readonly string[];
  /** More numbers worth printing. */
  readonly facts?: Readonly<Record<string, number | string>>;
}

/** Times work: wall clock and processor. */
export async function timed<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly ms: number; readonly cpuMs: number }> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const result = await work();
  const ms = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { result, ms, cpuMs: (user + system) / 1_000 };
}
