import { knownConnectors } from '../app.js';
import { loadConfig } from '../config/load-config.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { type KillResult, killWriters } from '../selftest/kill-writers.js';
import type { RedisResult } from '../selftest/redis-keeps.js';
import { scratchBeside } from '../selftest/scratch.js';
import type { AddCommand } from './command.js';

const KILLS = 100;
const MOST_KILLS = 100_000;

/** `omnifeed selftest`: whether this disk, this database and this Redis keep what they said they had kept. */
export const addSelftest: AddCommand = (command, on) => {
  command.option('--kills <n>', `how many writers to kill (default ${KILLS})`).action(
    on<{ kills?: string }>(async (stage, { options }) => {
      const kills = killsOf(options.kills);
      const config = await loadConfig(options.config, knownConnectors(), stage.environment);
      const scratch = scratchBeside(config.database, config.folder);
      const { address, place } = scratch;
      const told = (done: number): void => stage.progress.update(`killed ${done} of ${kills} writers`);
      const trial = { address, kills, signal: stage.signal, random: Math.random, progress: told };
      const database = await killWriters(trial).finally(() => scratch.dispose());
      const redis = config.queue === 'embedded' ? null : await redisOf(config.queue);
      const kept = database.lost + database.torn === 0 && database.sound && (redis?.lost ?? 0) === 0;
      const result = { kept, place, database, redis };
      stage.show(result as unknown as JsonValue, () => text(result));
      stage.signal.throwIfAborted();
      return kept ? 0 : 1;
    }),
  );
};

async function redisOf(address: string): Promise<RedisResult> {
  const { redisKeeps } = await import('../selftest/redis-keeps.js');
  return redisKeeps(address);
}

function killsOf(given: string | undefined): number {
  const kills = given === undefined ? KILLS : /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (kills >= 1 && kills <= MOST_KILLS) return kills;
  throw new OperatorError(
    'bad_kills',
    `--kills "${given}" is no number of kills`,
    `Give a whole number from 1 to ${MOST_KILLS}.`,
  );
}

interface Result {
  readonly kept: boolean;
  readonly place: string;
  readonly database: KillResult;
  readonly redis: RedisResult | null;
}

function text({ kept, place, database, redis }: Result): string {
  const { kills, acknowledged, lost, torn, sound, slowestOpenMs } = database;
  return [
    `${kills} writers killed in ${place}`,
    `commits told as kept: ${acknowledged}; lost: ${lost}; halves of a transaction: ${torn}; ${sound ? 'sound after each' : 'NOT SOUND'}`,
    `opened again within ${Math.round(slowestOpenMs)} ms`,
    ...(redis === null ? [] : [`Redis: ${redis.written} hints written, ${redis.lost} lost`]),
    kept
      ? 'What was told as kept is kept. This shows what happens when a process dies; a power cut is another matter.'
      : 'THIS PLACE FORGETS: do not run a house here. See `omnifeed doctor`.',
  ].join('\n');
}
