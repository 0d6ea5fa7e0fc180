import { textOf } from '../../../src/channel/audit-rule.js';
import type { CatalogFinding, CatalogRule } from '../../../src/channel/catalog-audit.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { revisionOf } from '../../../src/domain/revision.js';
import { FROM, VERIFIED } from './sources.js';

/** Rules that only show when a daily file is held against the one before. */
export const CHANGE_RULES = {
  id: {
    code: 'ID_CHANGED',
    severity: 'error',
    attribute: 'id',
    about:
      'a product (by GTIN, or brand and MPN) that has another id than in the daily file before, so that what ads learned of it is lost',
    source: FROM.fields,
    verified: VERIFIED,
    advice: 'Give the products their old SKUs again, or name the old ones in previous_id.',
  },
  labels: {
    code: 'CUSTOM_LABELS_CHANGED',
    severity: 'warning',
    attribute: 'custom_label_0',
    about:
      'custom labels changed on more than 20 items and 5 % of them since the daily file before; each change starts a review',
    source: FROM.fields,
    verified: VERIFIED,
    advice: 'Use internal_label for product sets: it changes without a review.',
  },
} as const satisfies Readonly<Record<string, CatalogRule>>;

/** What is remembered of an item from one daily file to the next. */
export interface ItemMarks {
  /** Mark of the product's number; null: it has none, so it is not known again under another id. */
  readonly product: string | null;
  readonly labels: string;
}

/** Holds a file that is being written against the one before. */
export interface ChangeAudit {
  add(sku: string, listing: JsonObject): void;
  findings(): readonly CatalogFinding[];
  /** To be remembered until the next file; null: there were more items than it takes, so the next one has nothing to go by. */
  marks(): ReadonlyMap<string, ItemMarks> | null;
}

/** Our own reading of "many": Meta gives no figure. */
const BURST = { items: 20, share: 0.05 };
/** Any change of one starts a review (catalog fields page, verified 2026-11-23). */
export const LABELS: readonly string[] = [0, 1, 2, 3, 4].map((n) => `custom_label_${n}`);
/** 48 bits: two products of 100,000 are taken for one in about 1 of 50,000 catalogs. */
const MARK = 12;

/** A new comparison. `before`: marks of the file before, null when nothing is known of one; `most`: items it takes (about 200 bytes each). */
export function changeAudit(before: ReadonlyMap<string, ItemMarks> | null, most = 100_000): ChangeAudit {
  const now = new Map<string, ItemMarks>();
  let complete = true;
  return {
    add(sku, listing) {
      if (now.size < most) now.set(sku, marksOf(listing));
      else complete = false;
    },
    findings() {
      // An item that was not remembered would look gone.
      if (before === null || !complete) return [];
      const found = [
        { rule: CHANGE_RULES.id, where: renamed(before, now) },
        { rule: CHANGE_RULES.labels, where: relabelled(before, now) },
      ];
      return found
        .filter(({ where }) => where.length > 0)
        .map(({ rule, where }) => ({ rule, count: where.length, examples: where.slice(0, 5) }));
    },
    marks: () => (complete ? now : null),
  };
}

type Marks = ReadonlyMap<string, ItemMarks>;

/** Products that had one id and now have another one. A number that several items share proves nothing. */
function renamed(before: Marks, now: Marks): readonly string[] {
  const [old, fresh] = [idsByProduct(before), idsByProduct(now)];
  return [...fresh].flatMap(([product, id]) => {
    const was = old.get(product) ?? null;
    return id === null || was === null || now.has(was) || before.has(id) ? [] : [`${was} → ${id}`];
  });
}

function idsByProduct(marks: Marks): ReadonlyMap<string, string | null> {
  const ids = new Map<string, string | null>();
  for (const [id, { product }] of marks) if (product !== null) ids.set(product, ids.has(product) ? null : id);
  return ids;
}

function relabelled(before: Marks, now: Marks): readonly string[] {
  const changed = [...now].filter(([id, { labels }]) => (before.get(id)?.labels ?? labels) !== labels);
  const isBurst = changed.length > BURST.items && changed.length > now.size * BURST.share;
  return isBurst ? changed.map(([id]) => id) : [];
}

function marksOf(listing: JsonObject): ItemMarks {
  const [gtin, brand, mpn] = ['gtin', 'brand', 'mpn'].map((name) => textOf(listing, name));
  const number = gtin ?? (mpn ? [brand ?? null, mpn] : null);
  return {
    product: number === null ? null : revisionOf(number).slice(0, MARK),
    labels: revisionOf(LABELS.map((name) => listing[name] ?? null)).slice(0, MARK),
  };
}
