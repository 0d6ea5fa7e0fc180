import type { RecordedCounts } from '../catalog/record-counts.js';
import type { StockCard } from '../catalog/stock-card.js';
import type { ChannelSuggestion } from '../sync/safety-facts.js';
import { table } from './table.js';

/** What became of counts: the sums, then the ones that were not taken. */
export function answersText({ answers, counts, total }: RecordedCounts, shown: number): string {
  const { changed, unchanged } = counts;
  const refused = answers.flatMap((answer, at) => (answer.message === undefined ? [] : [{ answer, at }]));
  const lines = [
    `${total} counts: ${changed} changed, ${unchanged} as before, ${refused.length} not taken`,
    ...refused
      .slice(0, shown)
      .map(
        ({ answer, at }) =>
          `  row ${at + 1}, ${answer.sku || '(no SKU)'} at ${answer.location}: ${answer.message}`,
      ),
  ];
  if (refused.length > shown) lines.push(`  … and ${refused.length - shown} more; --json lists all`);
  if (total === 1 && answers[0]?.result === 'changed')
    lines.push(
      `  ${answers[0].sku} at ${answers[0].location}: ${units(answers[0].before)} → ${units(answers[0].onHand)}`,
    );
  return lines.join('\n');
}

/** What a channel may offer of a variant. */
export interface ChannelOffer {
  readonly channel: string;
  readonly mode: string;
  /** Null: nobody counts it. */
  readonly available: number | null;
}

/** A stock card as people read it. */
export function cardText(card: StockCard, offers: readonly ChannelOffer[]): string {
  const { bundle, levels, reservations, allotments, movements } = card;
  const reserved = reservations.reduce((sum, { units: open }) => sum + open, 0);
  const parts = [
    bundle === null ? '' : bundleText(card.sku, bundle),
    levels.length === 0
      ? bundle === null
        ? `${card.sku}: nobody counts it`
        : ''
      : `${bundle === null ? card.sku : 'counts of its own, which are not used'}\n${table(
          ['location', 'on hand', 'counted by', 'counted at'],
          levels.map((level) => [level.location, level.onHand, level.owner, level.readAt]),
        )}`,
    reservations.length === 0
      ? 'no open orders'
      : `${reserved} reserved by open orders\n${table(
          ['channel', 'order', 'units', 'since'],
          reservations.map((each) => [each.channel, each.order, each.units, each.since]),
        )}`,
    offers.length === 0
      ? ''
      : table(
          ['channel', 'mode', 'may offer'],
          offers.map((offer) => [offer.channel, offer.mode, units(offer.available)]),
        ),
    allotments.length === 0
      ? ''
      : table(
          ['strict channel', 'state', 'left', 'since'],
          allotments.map((each) => [each.channel, each.state, each.left, each.since]),
        ),
    movements.length === 0
      ? ''
      : table(
          ['at', 'location', 'before', 'after', 'cause'],
          movements.map((each) => [
            each.at,
            each.location,
            units(each.before),
            units(each.after),
            each.cause,
          ]),
        ),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function bundleText(sku: string, { broken, parts }: NonNullable<StockCard['bundle']>): string {
  if (broken !== null) return `${sku}: a bundle that cannot be put together: ${broken}`;
  return `${sku}: a bundle, made of\n${table(
    ['component', 'in one', 'on hand', 'reserved'],
    parts.map((part) => [
      part.sku,
      part.quantity,
      part.untracked ? 'not counted' : units(part.onHand),
      part.reserved,
    ]),
  )}`;
}

/** A suggestion as people read it: the number, what it was measured from, then the best sellers. */
export function suggestionText(suggestion: ChannelSuggestion, safetyStock: number): string {
  const { channel, units: wanted, measured, confirmMs, variants, days } = suggestion;
  const head =
    wanted === null || confirmMs === null
      ? `${channel}: not known yet: no change of stock that it confirmed was measured in ${days} days (safetyStock is ${safetyStock})`
      : `${channel}: safetyStock ${wanted} would cover every SKU 99 times of 100 (it is ${safetyStock}); ${measured} confirmations measured, 19 of 20 within ${Math.round(confirmMs / 1_000)} s`;
  if (variants.length === 0) return `${head}\n  nothing was sold on a channel in ${days} days`;
  return `${head}\n${table(
    ['sku', 'sold', 'hold back', 'because'],
    variants.map((each) => [each.sku, each.sold, units(each.units), each.because]),
  )}`;
}

function units(count: number | null | undefined): string {
  return count === null || count === undefined ? 'unknown' : String(count);
}
