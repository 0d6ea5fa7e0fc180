import type { ChannelReport } from './sync-channel.js';

/** Channels with a closing come back after this. */
const CLOSING_MS = 30_000;

/**
 * Who must look after a round of strict stock: channels that were given units, and the channel's own orders, which a closing waits for. Answers when the
 * channel itself looks again.
 */
export async function wakeForStrict(
  channel: string,
  { strict, againInMs }: Pick<ChannelReport, 'strict' | 'againInMs'>,
  wake: (job: string, key: string) => Promise<void>,
): Promise<number | null> {
  for (const other of strict?.reallotted ?? []) if (other !== channel) await wake('reconcile', other);
  if (strict === null || strict.closing === 0) return againInMs;
  await wake('pull-orders', channel);
  return Math.min(againInMs ?? CLOSING_MS, CLOSING_MS);
}
