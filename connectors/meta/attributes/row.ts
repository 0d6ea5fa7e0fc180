import type { TableRow } from '../../../src/channel/attribute-table.js';

/** What a value of an attribute looks like in a listing. One form per kind (`value-forms.ts`). */
export type ValueType =
  | { readonly kind: 'text'; readonly max: number; readonly pattern?: string }
  | { readonly kind: 'label'; readonly max: number }
  | { readonly kind: 'url' }
  | { readonly kind: 'gtin' }
  | { readonly kind: 'money' }
  | { readonly kind: 'window' }
  | { readonly kind: 'date' }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'decimal'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'measure'; readonly units: readonly string[] }
  | { readonly kind: 'texts'; readonly most: number; readonly max: number }
  | { readonly kind: 'group'; readonly members: readonly MetaRow[] };

/**
 * How the value stands in a CSV or TSV cell. `plain`: as it is · `joined`: values by comma · `labels`: `['a','b']` · `json` ·
 * `paths`: a column per member, `applink.ios_url` · `shipping`: `US:CA:Ground:9.99 USD` · `pairs`: `Scent:Fruity,Flavor:Apple`.
 */
export type CellForm = 'plain' | 'joined' | 'labels' | 'json' | 'paths' | 'shipping' | 'pairs';

/** Where a fact was read. Keys of `SOURCES`. */
export type SourceKey = 'fields' | 'batch' | 'reference' | 'sdk';

/** Pages of developers.facebook.com the table was written from, with the day they were last read. Where two differ, the stricter limit counts. */
export const SOURCES: Readonly<Record<SourceKey, { readonly what: string; readonly verified: string }>> = {
  fields: { what: 'Commerce Platform, catalog fields', verified: '2026-11-23' },
  batch: { what: 'Marketing API, product catalog items_batch', verified: '2026-11-23' },
  reference: { what: 'Marketing API, catalog reference and feed API', verified: '2026-11-23' },
  sdk: { what: 'Marketing API v26.0 as published in its software kits', verified: '2026-11-23' },
};

/** One attribute of a catalog item, or one member of a group. Its name is the feed column, the `items_batch` key and the listing attribute. */
export interface MetaRow extends TableRow<ValueType> {
  /** Its name on the read side; null: not told back. */
  readonly read: string | null;
  /** Told back as it was sent, so that `observe` may compare it. */
  readonly compared: boolean;
  /** Older names that Meta still reads. */
  readonly aliases: readonly string[];
  /** Sent empty when the listing no longer has it, so that an old value does not stay behind. */
  readonly clear: boolean;
  readonly cell: CellForm;
  /** Also an attribute of Google's namespace: `g:` in XML. */
  readonly google: boolean;
  /** Whether a language or country may have a value of its own; `country`: only a country. */
  readonly override: 'any' | 'country' | null;
  readonly source: SourceKey;
}

/** A row; what is not said is the ordinary case: optional content, single, cleared when gone, not told back. */
export function row(
  name: string,
  type: ValueType,
  special: Partial<Omit<MetaRow, 'name' | 'type'>> = {},
): MetaRow {
  return {
    name,
    type,
    list: null,
    requirement: 'optional',
    lane: 'content',
    note: '',
    read: null,
    compared: false,
    aliases: [],
    clear: true,
    cell: 'plain',
    google: false,
    override: null,
    source: 'fields',
    ...special,
  };
}

/** A member of a group; `must`: the group needs it. */
export function member(name: string, type: ValueType, must = false): MetaRow {
  return row(name, type, { requirement: must ? 'required' : 'optional' });
}

/** Text of at most `max` characters (code points). */
export function text(max: number, pattern?: string): ValueType {
  return pattern === undefined ? { kind: 'text', max } : { kind: 'text', max, pattern };
}

/** One of a few words. */
export function choice(...values: readonly string[]): ValueType {
  return { kind: 'choice', values };
}

/** A whole number. */
export function whole(min = 0): ValueType {
  return { kind: 'whole', min, max: 4_294_967_295 };
}

/** An object with members of its own. */
export function group(...members: readonly MetaRow[]): ValueType {
  return { kind: 'group', members };
}

/** An absolute web address. */
export const ADDRESS: ValueType = { kind: 'url' };
/** An amount with its currency, `34.00 USD`. */
export const MONEY: ValueType = { kind: 'money' };
/** A two-letter country code. */
export const COUNTRY: ValueType = text(2, '^[A-Z]{2}$');
