import type { CatalogAudit, CatalogFinding, CatalogRule } from '../../../src/channel/catalog-audit.js';
import type { Severity } from '../../../src/domain/issue.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { Money } from '../../../src/domain/money.js';
import { revisionOf } from '../../../src/domain/revision.js';
import { moneyIn } from './money.js';
import { FROM, VERIFIED } from './sources.js';

const rule = (
  code: string,
  severity: Severity,
  attribute: string,
  words: Pick<CatalogRule, 'about' | 'source' | 'advice'>,
): CatalogRule => ({ code, severity, attribute, verified: VERIFIED, ...words });

/** Rules that only show when listings are seen beside each other. */
export const CATALOG_RULES = {
  description: rule('QUALITY_DUPLICATED_DESCRIPTION', 'warning', 'description', {
    about: 'the same description on more than 20 items of different groups',
    source: FROM.errors,
    advice: 'Write a description per product.',
  }),
  picture: rule('DUPLICATE_IMAGES', 'warning', 'image_link', {
    about: 'the same picture on more than 20 items of different groups, as placeholders are',
    source: FROM.errors,
    advice: 'Leave placeholder pictures out of the catalog.',
  }),
  currency: rule('PRODUCT_DOMINANT_CURRENCY_MISMATCH', 'warning', 'price', {
    about: 'more than one currency in a catalog',
    source: FROM.errors,
    advice: 'Keep one currency and put other markets into overrides for their countries.',
  }),
  cheap: rule('PRICE_FAR_BELOW_OTHERS', 'warning', 'price', {
    about: 'a price below 1 % of the median of its currency, as a misplaced decimal point makes it',
    source: FROM.quality,
    advice: 'Look at the prices; correct them in the catalog if they are wrong.',
  }),
  groupAsItem: rule('RETAILER_ID_USED_BY_GROUP', 'error', 'item_group_id', {
    about: 'a group with the id of another item',
    source: FROM.errors,
    advice: 'Let the mapping put something before the product id, such as "group-" + product.id.',
  }),
  combination: rule('VARIANT_ATTRIBUTE_ISSUE', 'error', 'item_group_id', {
    about: 'variants of a group that do not differ, or two with the same combination',
    source: FROM.errors,
    advice: 'Map what differs (color, size, material, pattern or additional_variant_attribute).',
  }),
  varying: rule('TOO_MANY_VARYING_ATTRIBUTES', 'warning', 'item_group_id', {
    about: 'more than four attributes that differ within a group',
    source: FROM.fields,
    advice: 'Split the group, or leave out what does not matter for choosing.',
  }),
  shipping: rule('GROUP_SHIPPING_MISMATCH', 'error', 'shipping', {
    about: 'shipping that differs within a group, for which Meta drops the items',
    source: FROM.batch,
    advice: 'Map the same shipping for all variants of a product.',
  }),
} as const;

const MANY = 20;
const VARYING = [
  'color',
  'size',
  'material',
  'pattern',
  'gender',
  'age_group',
  'additional_variant_attribute',
];

/** Kept small: a catalog has as many groups as products. */
interface Group {
  readonly shipping: string;
  /** Marks of the varying attributes of the first variant, one after the other. */
  readonly first: string;
  /** One bit per attribute that was seen to differ. */
  differing: number;
  /** Combinations, from the second variant on. */
  combinations: Set<string> | null;
  clash: boolean;
  mixedShipping: boolean;
}

interface Repeat {
  first: string;
  /** Items beyond the first one's group. */
  count: number;
  readonly examples: string[];
}

/** A new audit. `most`: entries of each kind it remembers, which bounds its memory (about 200 bytes each). */
export function catalogAudit(most = 100_000): CatalogAudit {
  const groups = new Map<string, Group>();
  const repeats = { description: new Map<string, Repeat>(), picture: new Map<string, Repeat>() };
  const currencies = new Map<string, string>();
  const prices = new Map<string, Money>();
  const skus = new Set<string>();
  let complete = true;
  const room = (map: { readonly size: number }): boolean => {
    if (map.size < most) return true;
    complete = false;
    return false;
  };

  function repeat(map: Map<string, Repeat>, value: unknown, at: { sku: string; group: string }): void {
    if (typeof value !== 'string') return;
    const key = revisionOf(value);
    const known = map.get(key);
    if (!known) {
      if (room(map)) map.set(key, { first: at.group, count: 0, examples: [at.sku] });
    } else if (known.first !== at.group || known.count > 0) {
      known.count += 1;
      if (known.examples.length < 5) known.examples.push(at.sku);
    }
  }

  return {
    add(sku, listing) {
      const group = typeof listing.item_group_id === 'string' ? listing.item_group_id : null;
      if (room(skus)) skus.add(sku);
      repeat(repeats.description, listing.description, { sku, group: group ?? sku });
      repeat(repeats.picture, listing.image_link, { sku, group: group ?? sku });
      const price = moneyIn(listing, 'price');
      if (price !== null && room(prices)) prices.set(sku, price);
      const currency = typeof listing.price === 'string' ? listing.price.slice(-3) : null;
      if (currency !== null && !currencies.has(currency) && currencies.size < 200)
        currencies.set(currency, sku);
      if (group === null) return;
      const known = groups.get(group);
      if (known) joins(known, listing);
      else if (room(groups)) groups.set(group, begun(listing));
    },
    findings() {
      const repeated = (map: Map<string, Repeat>): CatalogFinding['examples'][] =>
        [...map.values()].filter((entry) => entry.count >= MANY).map((entry) => entry.examples);
      const groupsWith = (test: (group: Group, id: string) => boolean): string[] =>
        [...groups].filter(([id, group]) => test(group, id)).map(([id]) => id);
      const found: [CatalogRule, readonly string[]][] = [
        [CATALOG_RULES.description, repeated(repeats.description).flatMap(([first]) => first ?? [])],
        [CATALOG_RULES.picture, repeated(repeats.picture).flatMap(([first]) => first ?? [])],
        [CATALOG_RULES.currency, currencies.size > 1 ? [...currencies.keys()] : []],
        [CATALOG_RULES.cheap, farBelow(prices)],
        [CATALOG_RULES.groupAsItem, groupsWith((_, id) => skus.has(id))],
        [CATALOG_RULES.combination, groupsWith((group) => group.clash)],
        [CATALOG_RULES.varying, groupsWith((group) => bitsOf(group.differing) > 4)],
        [CATALOG_RULES.shipping, groupsWith((group) => group.mixedShipping)],
      ];
      return found
        .filter(([, where]) => where.length > 0)
        .map(([which, where]) => ({ rule: which, count: where.length, examples: where.slice(0, 5) }));
    },
    complete: () => complete,
  };
}

/** A median of fewer prices says nothing. */
const FEW_PRICES = 20;
const CHEAP_SHARE = 0.01;

/** SKUs whose price is below a hundredth of the median of their currency. */
function farBelow(prices: ReadonlyMap<string, Money>): readonly string[] {
  const byCurrency = new Map<string, number[]>();
  for (const { minor, currency } of prices.values()) {
    const list = byCurrency.get(currency) ?? [];
    list.push(minor);
    byCurrency.set(currency, list);
  }
  const least = new Map<string, number>();
  for (const [currency, list] of byCurrency) {
    const median = list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    if (list.length >= FEW_PRICES) least.set(currency, median * CHEAP_SHARE);
  }
  return [...prices]
    .filter(([, { minor, currency }]) => minor < (least.get(currency) ?? 0))
    .map(([sku]) => sku);
}

/** Letters of a mark: 36 bits are plenty to tell the variants of one product apart. */
const MARK = 6;

function marksOf(listing: JsonObject): string {
  return VARYING.map((name) => revisionOf(listing[name] ?? null).slice(0, MARK)).join('');
}

function begun(listing: JsonObject): Group {
  return {
    shipping: revisionOf(listing.shipping ?? null).slice(0, MARK),
    first: marksOf(listing),
    differing: 0,
    combinations: null,
    clash: false,
    mixedShipping: false,
  };
}

function joins(group: Group, listing: JsonObject): void {
  const marks = marksOf(listing);
  group.combinations ??= new Set([group.first]);
  group.clash ||= group.combinations.has(marks);
  group.combinations.add(marks);
  VARYING.forEach((_, place) => {
    const [from, to] = [place * MARK, (place + 1) * MARK];
    if (marks.slice(from, to) !== group.first.slice(from, to)) group.differing |= 1 << place;
  });
  group.mixedShipping ||= group.shipping !== revisionOf(listing.shipping ?? null).slice(0, MARK);
}

function bitsOf(bits: number): number {
  return VARYING.filter((_, place) => (bits & (1 << place)) !== 0).length;
}
