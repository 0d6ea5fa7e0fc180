import type { ListingPreview } from '../channel/connector.js';
import type { JsonValue } from '../domain/json.js';
import type { AttributeChange, DetailedEntry, DetailedPlan } from '../sync/plan-channel.js';

const SIGN = { create: '+', update: '~', offer: '~', remove: '-' } as const;
const LONGEST = 70;

/** A publish plan as people read it: counts, what is held and how to open it, then the changes with their differences. */
export function showPlan(
  plan: DetailedPlan,
  previews: ReadonlyMap<string, ListingPreview> | null = null,
): string {
  const { facts, channel } = plan;
  const head = `${channel}: ${facts.changes} changes due (${facts.removals} removals) for ${facts.desired} desired and ${facts.known} known listings`;
  const lines = [head];
  if (plan.paused !== null)
    lines.push(`  paused: ${plan.paused}. Nothing is sent until the channel is connected again.`);
  for (const hold of plan.holds) lines.push(`  held (${hold.holds}): ${hold.message}`);
  if (facts.priceHolds > 0) lines.push(`  held: ${facts.priceHolds} prices moved too far`);
  if (plan.holds.length > 0 || facts.priceHolds > 0)
    lines.push(`  to let this very plan through: omnifeed sync ${channel} --force ${plan.checksum}`);
  const { listings, waiting } = plan.unmanaged;
  if (listings > 0)
    lines.push(
      `  ${listings} listings of the channel are not ours and stay as they are; ${waiting} of our own wait for them (omnifeed adopt ${channel} --all --dry-run)`,
    );
  for (const entry of plan.entries)
    lines.push(...entryLines(entry), ...previewLines(previews?.get(entry.sku)));
  if (plan.more > 0) lines.push(`  … and ${plan.more} more (--details N shows more, --json all of these)`);
  if (facts.changes === 0) lines.push('  nothing to do');
  return lines.join('\n');
}

function entryLines(entry: DetailedEntry): string[] {
  const held = entry.held === null ? '' : `  HELD: ${entry.held}`;
  const head = `${SIGN[entry.change]} ${entry.sku}  ${entry.change} (${entry.why})${entry.urgent ? ' urgent' : ''}${held}`;
  if (entry.change === 'create' || entry.change === 'remove') return [head];
  if (entry.differences === null)
    return [head, '    what was sent before is not known: the mapping or an override has changed since'];
  return [head, ...entry.differences.map(differenceLine)];
}

/** What the channel said when it was asked; nothing where it was not. */
function previewLines(preview: ListingPreview | undefined): string[] {
  if (preview === undefined) return [];
  const head = preview.accepted ? '    the channel would take it' : '    the channel would refuse it';
  return [head, ...preview.issues.map(({ severity, message }) => `      ${severity}: ${message}`)];
}

function differenceLine(change: AttributeChange): string {
  return `    ${change.attribute}: ${shown(change.before)} → ${shown(change.after)}`;
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return '(nothing)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
