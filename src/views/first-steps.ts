import type { Queries } from '../db/database.js';
import { ledgerFor } from './ledger.js';
import type { LedgerPart } from './listing-words.js';
import type { WatchedChannel } from './overview.js';

/** One line of the checklist of a new house, with the number that says whether it is done. */
export interface FirstStep {
  readonly step: 'products' | 'channel' | 'ready' | 'first-listing' | 'real-channel' | 'real-listing';
  readonly done: boolean;
  readonly count: number;
}

/** The checklist; `finished`: the first listing of a real channel is live, and it need not be shown any more. */
export interface FirstSteps {
  readonly steps: readonly FirstStep[];
  readonly finished: boolean;
}

/** Reads how far a new house is. */
export async function firstSteps(queries: Queries, channels: readonly WatchedChannel[]): Promise<FirstSteps> {
  const variants = await queries.get<{ n: number }>('SELECT CAST(COUNT(*) AS bigint) AS n FROM variant');
  const total = async (of: readonly WatchedChannel[], part: LedgerPart): Promise<number> => {
    let sum = 0;
    for (const { id } of of) sum += (await ledgerFor(queries, id))[part];
    return sum;
  };
  const real = channels.filter(({ practice }) => !practice);
  const live = await total(channels, 'live');
  const realLive = await total(real, 'live');
  const ready = live + (await total(channels, 'waiting'));
  const counts = [
    ['products', variants?.n ?? 0],
    ['channel', channels.length],
    ['ready', channels.length === 0 ? 0 : ready],
    ['first-listing', live],
    ['real-channel', real.length],
    ['real-listing', realLive],
  ] as const;
  return {
    steps: counts.map(([step, count]) => ({ step, done: count > 0, count })),
    finished: realLive > 0,
  };
}
