import type { Config } from '../config/config.js';
import type { Database } from '../db/database.js';
import type { Clock } from '../domain/instant.js';
import { clearProblem, raiseProblem } from '../problems/problems.js';
import { type FaultyPart, type HouseConfigParts, houseConfig } from './house-config.js';
import { partsStamp } from './stored-parts.js';

/** The configuration in use, which changes when something is set up in the console. */
export interface LiveConfig {
  /** Ask each time: what was set up since is in it. */
  current(): Config;
  /** Aborted when another configuration is in use. */
  changed(): AbortSignal;
  /** Looks whether something was set up, here or by another process, and takes it up. */
  reload(): Promise<void>;
}

/** Reads what is set up. A part that cannot be used raises a problem until it is mended. */
export async function liveConfig(
  parts: HouseConfigParts & {
    readonly database: Database;
    readonly clock: Clock;
    hide(secret: string): void;
  },
): Promise<LiveConfig> {
  const { database, clock } = parts;
  let stamp: string | undefined;
  let current = parts.config;
  let changing = new AbortController();
  const load = async (): Promise<void> => {
    const now = await partsStamp(database);
    if (now === stamp) return;
    const { config, faulty } = await houseConfig(parts);
    for (const secret of config.secrets) parts.hide(secret);
    await tellFaults(database, faulty, clock);
    stamp = now;
    if (config === current) return;
    current = config;
    const before = changing;
    changing = new AbortController();
    before.abort(new Error('the configuration changed'));
  };
  await load();
  let running: Promise<void> | undefined;
  return {
    current: () => current,
    changed: () => changing.signal,
    reload() {
      // One after the other: who asks while another look is under way may have changed something since it began.
      const next = (running ?? Promise.resolve()).catch(() => undefined).then(load);
      running = next;
      return next;
    },
  };
}

async function tellFaults(database: Database, faulty: readonly FaultyPart[], clock: Clock): Promise<void> {
  const known = await database.all<{ key: string }>(
    "SELECT problem_key AS key FROM problem WHERE problem_key LIKE 'setup:%'",
  );
  const keys = new Set(faulty.map(keyOf));
  for (const { key } of known) if (!keys.has(key)) await clearProblem(database, key);
  for (const part of faulty) {
    const [first] = part.mistakes;
    await raiseProblem(
      database,
      {
        key: keyOf(part),
        channel: part.kind === 'channels' ? part.id : null,
        severity: 'error',
        code: 'setup_faulty',
        message: `"${part.id}" is not in use: ${first?.path ?? ''} ${first?.message ?? ''}`.trim(),
        advice: first?.advice ?? 'Open its settings and correct them.',
      },
      clock.now(),
    );
  }
}

const keyOf = ({ kind, id }: FaultyPart): string => `setup:${kind}:${id}`;
