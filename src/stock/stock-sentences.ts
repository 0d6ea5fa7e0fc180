import { type Allotment, unitsHeld, unitsLeft } from './allotment.js';
import {
  type ChannelShare,
  type CountedFacts,
  channelStock,
  onHandOf,
  type StockFacts,
} from './available.js';

/** Why a channel may offer so many units of a variant: the sum, then what is in whose hands. Pure. */
export function stockSentences(facts: StockFacts, share: ChannelShare): readonly string[] {
  const { available, tracked } = channelStock(facts, share);
  if (facts.bundle !== undefined) return bundleSentences(facts.bundle, share, available);
  if (tracked === false) return ['not counted by the merchant: always on sale'];
  const levels = facts.levels.filter(({ location }) => share.locations?.includes(location) ?? true);
  if (levels.length === 0) return ['nobody counts it where this channel sells from: how many is unknown'];
  if (share.allocation.mode === 'strict') return [...strictSentences(facts, share), ...handSentences(facts)];
  return [`${sumText(facts, share)}; may offer ${available ?? 'unknown'}`, ...handSentences(facts)];
}

function bundleSentences(
  { parts, broken }: NonNullable<StockFacts['bundle']>,
  share: ChannelShare,
  available: number | undefined,
): readonly string[] {
  if (broken !== null) return [`a bundle that cannot be put together: ${broken}; may offer 0`];
  const rows = parts.map(({ sku, quantity, facts }) => `  ${quantity} × ${sku}: ${partText(facts, share)}`);
  const end =
    share.allocation.mode === 'strict'
      ? 'a strict channel offers no bundles, because units of components are given to channels one by one; may offer 0'
      : `put together from what lies at one location; may offer ${available ?? 'unknown'}`;
  return ['a bundle, made of:', ...rows, end];
}

function partText(facts: CountedFacts, share: ChannelShare): string {
  if (facts.tracked === false) return 'not counted by the merchant, limits nothing';
  const levels = facts.levels.filter(({ location }) => share.locations?.includes(location) ?? true);
  return levels.length === 0 ? 'nobody counts it' : sumText(facts, share);
}

/** `12 on hand − 2 reserved − 1 safety stock − 3 in strict hands; mode percent`. */
function sumText(facts: CountedFacts, share: ChannelShare): string {
  const levels = facts.levels.filter(({ location }) => share.locations?.includes(location) ?? true);
  const held = unitsHeld(
    (facts.allotments ?? []).filter(({ channel }) => share.strictBeside?.includes(channel)),
  );
  const less: readonly (readonly [number, string])[] = [
    [facts.reserved, 'reserved'],
    [share.safetyStock, 'safety stock'],
    [share.aside ?? 0, 'set aside for other channels'],
    [held, 'in the hands of strict channels'],
  ];
  const taken = less.filter(([units]) => units !== 0).map(([units, why]) => ` − ${units} ${why}`);
  return `${onHandOf(levels) ?? 0} on hand${taken.join('')} (${share.allocation.mode})`;
}

function strictSentences(facts: CountedFacts, { channel }: ChannelShare): readonly string[] {
  const own = facts.allotments?.find((allotment) => allotment.channel === channel);
  if (own === undefined) return ['a strict channel that has been given no units yet; may offer 0'];
  return [`${allotmentText(own)}; may offer ${own.state === 'open' ? unitsLeft(own) : 0}`];
}

/** Units in strict hands, whoever asks. */
function handSentences({ allotments = [] }: CountedFacts): readonly string[] {
  return allotments.map((allotment) => `  ${allotment.channel}: ${allotmentText(allotment)}`);
}

const STATES = {
  open: 'on sale there',
  closing:
    'being taken back: it was told that there are none, and has not confirmed it or not told all orders',
  closed: 'sells none',
} as const;

function allotmentText(allotment: Allotment): string {
  const { units, sold, state } = allotment;
  if (state === 'closed') return STATES.closed;
  return `${units} units of its own, ${sold} sold, ${unitsLeft(allotment)} left (${STATES[state]})`;
}
