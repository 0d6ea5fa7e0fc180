import type { App } from '../src/app.js';
import { feedRound } from '../src/sync/feed-round.js';

/** A round of a feed channel. Throws when not every variant of the catalog ended up in its file. */
export async function publishChannel(
  app: App,
  channel: string,
): Promise<{ readonly items: number; readonly bytes: number }> {
  const desk = await app.desk(channel);
  const { feed } = desk.open;
  if (!feed) throw new Error(`${channel} takes no whole document`);
  const { written, desired, plan } = await feedRound(desk, feed);
  if (written === null) throw new Error(`${channel} was held: ${plan.holds.map((hold) => hold.message)}`);
  if (written.items !== desired.seen)
    throw new Error(`${channel} lists ${written.items} of ${desired.seen} variants`);
  return written;
}
