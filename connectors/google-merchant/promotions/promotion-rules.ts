import type { ChannelFacts } from '../../../src/domain/channel-facts.js';
import { type Instant, plusMs } from '../../../src/domain/instant.js';
import type { Issue } from '../../../src/domain/issue.js';
import { decimalText, type Money, moneyText } from '../../../src/domain/money.js';
import type { Promotion } from '../../../src/domain/promotion.js';

/** What a rule may look at besides the promotion. */
export interface PromotionContext {
  readonly channel: ChannelFacts;
  readonly now: Instant;
  /** Page promotions in stores refer to; null: none is set. */
  readonly homepage: string | null;
}

/** One rule a promotion is held against before Google sees it. */
export interface PromotionRule {
  readonly code: string;
  /** Member of the promotion the rule is about. */
  readonly attribute: string;
  /** What Google wants, for the README. */
  readonly about: string;
  /** What is wrong, as a sentence with the concrete value; null: nothing. */
  readonly complaint: (promotion: Promotion, context: PromotionContext) => string | null;
  readonly advice: string;
}

/** Longest title Google shows. */
const LONGEST_TITLE = 60;
const TITLE_PAGE = 'https://support.google.com/merchants/answer/13838102';
const DAY_MS = 86_400_000;

/** Promotions v1 and the help pages on promotions (specification 4.4, verified 2026-11-23). A promotion that breaks one is not sent. */
export const PROMOTION_RULES: readonly PromotionRule[] = [
  {
    code: 'promotion_title_length',
    attribute: 'title',
    about: `1 to ${LONGEST_TITLE} characters.`,
    complaint: ({ title }) => {
      const length = [...title.trim()].length;
      return length < 1 || length > LONGEST_TITLE ? `The title has ${length} characters.` : null;
    },
    advice: 'Shorten the title, and keep the value in it.',
  },
  {
    code: 'promotion_title_without_value',
    attribute: 'title',
    about: 'The title names the concrete value, no general "sale".',
    complaint: (promotion) => {
      const value = spokenValue(promotion);
      return value === null || value.some((text) => promotion.title.includes(text))
        ? null
        : `"${promotion.title}" does not say ${value[0]}.`;
    },
    advice: 'Say what the shopper gets, such as "20% off all T-shirts".',
  },
  {
    code: 'promotion_id_unfit',
    attribute: 'id',
    about: 'Letters, digits, hyphens and underscores.',
    complaint: ({ id }) => (/^[A-Za-z0-9_-]+$/.test(id) ? null : `"${id}" cannot be an id.`),
    advice: 'Use an id of letters, digits, hyphens and underscores.',
  },
  {
    code: 'promotion_period_reversed',
    attribute: 'endsAt',
    about: 'A start before the end.',
    complaint: ({ startsAt, endsAt }) =>
      startsAt < endsAt ? null : `It starts ${startsAt} and ends ${endsAt}.`,
    advice: 'Correct the dates.',
  },
  {
    code: 'promotion_over',
    attribute: 'endsAt',
    about: 'An end ahead.',
    complaint: ({ endsAt }, { now }) => (endsAt > now ? null : `It ended ${endsAt}.`),
    advice: 'Take it out of the file, or give it new dates.',
  },
  {
    code: 'promotion_percent_unfit',
    attribute: 'value',
    about: 'A whole number of percent from 1 to 99; up to 100 for goods bought together.',
    complaint: ({ value }) => {
      if (value.kind !== 'percent-off' && value.kind !== 'buy-get') return null;
      const most = value.kind === 'buy-get' ? 100 : 99;
      return Number.isInteger(value.percent) && value.percent >= 1 && value.percent <= most
        ? null
        : `${value.percent} percent cannot be a reduction.`;
    },
    advice: 'Correct the percentage.',
  },
  {
    code: 'promotion_quantities_unfit',
    attribute: 'value',
    about: 'Whole numbers above zero of goods to buy and to get.',
    complaint: ({ value }) =>
      value.kind === 'buy-get' &&
      ![value.buy, value.get].every((units) => Number.isInteger(units) && units > 0)
        ? `Buy ${value.buy} get ${value.get} is no promotion.`
        : null,
    advice: 'Correct the quantities.',
  },
  {
    code: 'promotion_currency',
    attribute: 'value',
    about: 'Amounts above zero in the currency of the channel.',
    complaint: (promotion, { channel }) => {
      const bad = amountsOf(promotion).find(
        ({ minor, currency }) => minor <= 0 || currency !== channel.currency,
      );
      return bad === undefined ? null : `${moneyText(bad)} is no amount above zero in ${channel.currency}.`;
    },
    advice: 'Give amounts in the currency of the channel, or make a promotion for this channel.',
  },
  {
    code: 'promotion_gift_unnamed',
    attribute: 'value',
    about: 'A description of the gift.',
    complaint: ({ value }) =>
      value.kind === 'free-gift' && value.description.trim() === '' ? 'The gift has no description.' : null,
    advice: 'Say what the shopper gets.',
  },
  {
    code: 'promotion_code_blank',
    attribute: 'code',
    about: 'A code of visible characters, or none.',
    complaint: ({ code }) => (code === undefined || /^\S+$/.test(code) ? null : `"${code}" is no code.`),
    advice: 'Leave the code out where none is needed.',
  },
  {
    code: 'promotion_stores_without_in_store',
    attribute: 'stores',
    about: 'Stores only where the promotion is good in stores.',
    complaint: ({ stores, redeemed }) =>
      (stores?.length ?? 0) > 0 && !redeemed?.includes('in-store')
        ? 'Stores are named, yet it is good online only.'
        : null,
    advice: 'Add "in-store" to redeemed, or leave the stores out.',
  },
  {
    code: 'promotion_page_missing',
    attribute: 'redeemed',
    about: 'A page of the shop for promotions in stores (the setting `homepage`).',
    complaint: ({ redeemed }, { homepage }) =>
      redeemed?.includes('in-store') && homepage === null
        ? 'There is no page that shows the promotion.'
        : null,
    advice: 'Set homepage in the settings of the channel.',
  },
  {
    code: 'promotion_period_long',
    attribute: 'endsAt',
    about: 'Less than three years, so that a mistyped year is noticed.',
    complaint: ({ startsAt, endsAt }) =>
      endsAt > plusMs(startsAt, 3 * 366 * DAY_MS) ? `It lasts from ${startsAt} to ${endsAt}.` : null,
    advice: 'Correct the year.',
  },
];

/** What keeps a promotion from being sent. Pure. */
export function promotionIssues(promotion: Promotion, context: PromotionContext): readonly Issue[] {
  return PROMOTION_RULES.flatMap(({ code, attribute, complaint, advice }): readonly Issue[] => {
    const message = complaint(promotion, context);
    if (message === null) return [];
    return [{ severity: 'error', code, attribute, origin: 'ours', message, advice, link: TITLE_PAGE }];
  });
}

/** The rules as Markdown lines, as they stand in the README. */
export function promotionReference(): string {
  return PROMOTION_RULES.map(
    ({ code, attribute, about }) => `- \`${code}\` (\`${attribute}\`): ${about}`,
  ).join('\n');
}

/** How a title may name the value; null: there is no number to name. */
function spokenValue({ value }: Promotion): readonly [string, ...string[]] | null {
  if (value.kind === 'percent-off') return [String(value.percent)];
  if (value.kind === 'buy-get') return value.percent === 100 ? null : [String(value.percent)];
  if (value.kind !== 'amount-off') return null;
  const digits = decimalText(value.amount);
  return [digits, digits.replace('.', ','), digits.replace(/\.0+$/, '')];
}

function amountsOf(promotion: Promotion): readonly Money[] {
  const { value, minimumPurchase, limitValue } = promotion;
  const own =
    value.kind === 'amount-off' ? value.amount : value.kind === 'free-gift' ? value.value : undefined;
  return [own, minimumPurchase, limitValue].filter((money) => money !== undefined);
}
