import type { ChannelStatus, HouseStatus } from '../status.js';
import { noteLines } from './show-notes.js';

/** The health of the house in a few lines: one for the catalog, a few per channel, one per problem. */
export function showStatus(status: HouseStatus): string {
  const { products, variants } = status.catalog;
  const lines = [`catalog: ${products} products, ${variants} variants`];
  for (const channel of status.channels) lines.push(...channelLines(channel));
  for (const problem of status.problems)
    lines.push(
      `${problem.severity} ${problem.code}: ${problem.message}`,
      `  since ${problem.since}. ${problem.advice}`,
    );
  const { waiting, running, dead } = status.queue;
  lines.push(`jobs: ${waiting} waiting, ${running} running, ${dead} dead`);
  for (const job of status.deadJobs)
    lines.push(
      `  dead: ${job.job} ${job.key}: ${job.reason}`,
      `    try again now: omnifeed revive ${job.job} ${job.key}`,
    );
  return lines.join('\n');
}

function channelLines(channel: ChannelStatus): string[] {
  const { counts, orders } = channel;
  const state = channel.paused === null ? '' : `  PAUSED (${channel.paused})`;
  const lines = [
    `${channel.id} (${channel.connector}): ${counts.listed} listed, ${counts.live} live, ${counts.rejected} rejected, ${counts.blocked} blocked, ${counts.excluded} excluded, ${counts.inFlight} under way, ${counts.held} held${state}`,
  ];
  if (channel.unmanaged > 0)
    lines.push(
      `  ${channel.unmanaged} listings are not ours (${counts.unmanaged} of them are SKUs we want to list and wait): omnifeed adopt ${channel.id} --all --dry-run`,
    );
  for (const { reason, count } of channel.reasons) lines.push(`  ${count} × ${reason}`);
  lines.push(...noteLines(channel.notes, '  '));
  if (channel.families)
    lines.push(
      `  variation families: ${channel.families.known} parents, ${channel.families.readable} shown by the channel, ${channel.families.refused} refused`,
    );
  if (channel.promotions.length > 0)
    lines.push(`  promotions: ${channel.promotions.map(({ id, state }) => `${id} ${state}`).join(', ')}`);
  if (channel.places)
    lines.push(
      `  stock per place: ${channel.places.known} known, ${channel.places.due} to be sent, ${channel.places.refused} refused`,
    );
  if (channel.inspection) {
    const { fetched, listings, codes } = channel.inspection;
    lines.push(
      `  looked at on the network: ${fetched} fetches in the latest day, ${listings} listings with findings`,
    );
    for (const { code, count } of codes) lines.push(`    ${count} × ${code}`);
  }
  if (orders)
    lines.push(
      `  orders: ${orders.seen} seen, ${orders.linked} linked, ${orders.waiting} waiting, ${orders.refused} refused; ${orders.trackingPushed} parcels announced, ${orders.parcelsPending} to announce`,
    );
  return lines;
}
