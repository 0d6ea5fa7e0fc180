import { type Filled, WATCHED_FIELDS } from './filled-fields.js';

/** Limits beyond which an import waits for a person. */
export interface GuardSettings {
  /** Least share of the last good import's rows, 0 to 1. */
  readonly leastRowShare: number;
  /** Largest share of the source's known variants that may vanish, 0 to 1. */
  readonly largestVanishedShare: number;
  /** Largest number of variants that may vanish. */
  readonly largestVanished: number;
  /** Variants a source must have before vanished ones and rows are judged. */
  readonly fromKnown: number;
}

/** Limits without a setting: 80 % of the rows; 5 % or 500 vanished, once 10 variants are known. */
export const DEFAULT_GUARD: GuardSettings = {
  leastRowShare: 0.8,
  largestVanishedShare: 0.05,
  largestVanished: 500,
  fromKnown: 10,
};

/** One reason why an import waits, with the numbers it is about. */
export interface GuardReason {
  readonly code: 'empty' | 'fewer_rows' | 'field_vanished' | 'many_vanished';
  /** Sentence for the operator, with the numbers. */
  readonly message: string;
}

/** What the guard compares. */
export interface GuardFacts {
  readonly rows: number;
  readonly variants: number;
  readonly filled: Filled;
  /** Variants of the source that are on sale now. */
  readonly known: number;
  /** Those of them the new file does not have. */
  readonly vanished: number;
  /** The last import of the source that went into the catalog. */
  readonly last: { readonly rows: number; readonly variants: number; readonly filled: Filled } | null;
}

/** Why the import must not be merged by itself; empty: it may. */
export function guardReasons(facts: GuardFacts, settings: GuardSettings): GuardReason[] {
  return [
    ...emptyReason(facts),
    ...rowReason(facts, settings),
    ...fieldReasons(facts, settings),
    ...vanishedReason(facts, settings),
  ];
}

function emptyReason({ variants, known }: GuardFacts): GuardReason[] {
  if (variants > 0) return [];
  return [
    { code: 'empty', message: `The file has no usable variant; the catalog has ${known} of this source.` },
  ];
}

function rowReason({ rows, last, known }: GuardFacts, settings: GuardSettings): GuardReason[] {
  if (last === null || known < settings.fromKnown || rows >= last.rows * settings.leastRowShare) return [];
  return [
    {
      code: 'fewer_rows',
      message: `The file has ${rows} rows, the last good one had ${last.rows}: less than ${percent(settings.leastRowShare)}.`,
    },
  ];
}

/** A field that at least half of the variants had and nobody has any more: most likely its column is gone. */
function fieldReasons({ filled, last, known }: GuardFacts, settings: GuardSettings): GuardReason[] {
  if (last === null || known < settings.fromKnown) return [];
  return WATCHED_FIELDS.filter(
    (field) => filled[field] === 0 && last.filled[field] * 2 >= last.variants && last.filled[field] > 0,
  ).map((field) => ({
    code: 'field_vanished' as const,
    message: `No variant has ${FIELD_WORDS[field]} any more; in the last good import ${last.filled[field]} of ${last.variants} had.`,
  }));
}

const FIELD_WORDS: Readonly<Record<keyof Filled, string>> = {
  title: 'a title',
  description: 'a description',
  images: 'an image',
  brand: 'a brand',
  price: 'a price',
  gtin: 'a GTIN',
  stock: 'a quantity',
};

function vanishedReason({ known, vanished }: GuardFacts, settings: GuardSettings): GuardReason[] {
  if (known < settings.fromKnown) return [];
  if (vanished <= known * settings.largestVanishedShare && vanished <= settings.largestVanished) return [];
  return [
    {
      code: 'many_vanished',
      message: `${vanished} of ${known} variants are not in the file: more than ${percent(settings.largestVanishedShare)} or ${settings.largestVanished}.`,
    },
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
