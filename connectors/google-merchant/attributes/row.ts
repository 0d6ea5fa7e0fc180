import type { Demand } from './demand.js';

/** What a value of an attribute looks like, in a listing and at Google. One codec per kind (`value-codecs.ts`). */
export type ValueType =
  | { readonly kind: 'text'; readonly max: number | null; readonly pattern?: string }
  | { readonly kind: 'url' }
  | { readonly kind: 'gtin' }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'integer'; readonly min: number }
  | { readonly kind: 'number'; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'instant' }
  | { readonly kind: 'interval' }
  | { readonly kind: 'price'; readonly signed: boolean }
  | {
      readonly kind: 'choice';
      /** Spelling in a listing → spelling at Google. */
      readonly values: Readonly<Record<string, string>>;
      /** Files have the API's capitals instead of the listing's small letters (`EC:EPREL:123456`). */
      readonly capitalsInFiles?: true;
    }
  | {
      readonly kind: 'measure';
      /** Spelling in a listing → spelling at Google. */
      readonly units: Readonly<Record<string, string>>;
      readonly number: 'double' | 'int64';
      /** Largest number allowed; the smallest is always above zero. */
      readonly max: number | null;
    }
  | { readonly kind: 'group'; readonly members: readonly AttributeRow[]; readonly ties: MemberTies };

/** Which members of a group go together. */
export interface MemberTies {
  /** Pairs of which at most one is given. */
  readonly clashes: readonly (readonly [string, string])[];
  /** The first is only given with the second. */
  readonly needs: readonly (readonly [string, string])[];
}

/** Whether Google wants an attribute: always, under a condition named in `note`, or not. */
export type Requirement = 'required' | 'conditional' | 'optional';

/** Where a fact was read. Keys of `SOURCES`. */
export type SourceKey = 'specification' | 'typings' | 'local' | 'vehicles' | 'rentals' | 'ucp';

/** Pages and artefacts the table was written from, with the day they were last read. */
export const SOURCES: Readonly<Record<SourceKey, { readonly what: string; readonly verified: string }>> = {
  specification: {
    what: 'Product data specification, support.google.com/merchants/answer/7052112',
    verified: '2026-11-23',
  },
  typings: {
    what: 'Merchant API products_v1 discovery document, revision 20260903',
    verified: '2026-11-24',
  },
  local: {
    what: 'Local and pickup attributes, support.google.com/merchants/answer/3061342',
    verified: '2026-11-23',
  },
  vehicles: {
    what: 'Vehicle ads attributes, support.google.com/google-ads/answer/14154510 and neighbours; discovery 20260903',
    verified: '2026-11-24',
  },
  rentals: {
    what: 'Rental property attributes, discovery document revision 20260903',
    verified: '2026-11-24',
  },
  ucp: {
    what: 'Universal Commerce Protocol, developers.google.com/merchant/ucp/guides/merchant-center',
    verified: '2026-11-23',
  },
};

/** One attribute, or one member of a group. */
export interface AttributeRow {
  /** Name in a listing: Google's feed spelling in snake_case. */
  readonly name: string;
  /** Field of `productAttributes` (or of the group); for `custom` rows the generic name with blanks. */
  readonly field: string;
  readonly type: ValueType;
  /** Largest number of values where the attribute repeats; null: a single value. */
  readonly list: number | null;
  /** How many values are said to be read where nobody has confirmed a limit: more is warned about, not refused; null: not said. */
  readonly usual: number | null;
  /** A repeated attribute that is written as plain text while it has one value (`gtin`). */
  readonly plainWhenSingle: boolean;
  readonly requirement: Requirement;
  /** When exactly; none: never, or under a condition only a person can judge, which stands in `note`. */
  readonly demands: readonly Demand[];
  /** `offer` attributes change with price and stock and may be patched alone. */
  readonly lane: 'content' | 'offer';
  /** True: v1 has no typed field; it travels in `customAttributes`. */
  readonly custom: boolean;
  readonly source: SourceKey;
  /** Rule for people; shown in the README and in the schema. */
  readonly note: string;
}

/** What differs from the ordinary optional single content attribute. */
type Special = Partial<
  Pick<
    AttributeRow,
    | 'list'
    | 'usual'
    | 'plainWhenSingle'
    | 'requirement'
    | 'demands'
    | 'lane'
    | 'custom'
    | 'source'
    | 'note'
    | 'field'
  >
>;

/** A row; the field is the camelCase of the name unless told otherwise. */
export function row(name: string, type: ValueType, special: Special = {}): AttributeRow {
  return {
    name,
    field: camelCase(name),
    type,
    list: null,
    usual: null,
    plainWhenSingle: false,
    requirement: requirementOf(special.demands ?? []),
    demands: [],
    lane: 'content',
    custom: false,
    source: 'specification',
    note: '',
    ...special,
  };
}

/** A demand without any circumstances is the only one that always holds. */
function requirementOf(demands: readonly Demand[]): Requirement {
  if (demands.length === 0) return 'optional';
  return demands.some((demand) => Object.keys(demand).length === 1 && demand.level === 'must')
    ? 'required'
    : 'conditional';
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Text of at most `max` characters (code points); null: Google states no limit. */
export function text(max: number | null = null, pattern?: string): ValueType {
  return pattern === undefined ? { kind: 'text', max } : { kind: 'text', max, pattern };
}

/** A whole number, an int64 at Google. */
export function integer(min = 0): ValueType {
  return { kind: 'integer', min };
}

/** A decimal number. */
export function number(min: number | null = null, max: number | null = null): ValueType {
  return { kind: 'number', min, max };
}

/** Values Google writes in capitals; in a listing they are in small letters. */
export function choice(...apiValues: readonly string[]): ValueType {
  return {
    kind: 'choice',
    values: Object.fromEntries(apiValues.map((value) => [value.toLowerCase(), value])),
  };
}

/** A choice that product files write in capitals, unlike listings. */
export function capitalChoice(...apiValues: readonly string[]): ValueType {
  const values = Object.fromEntries(apiValues.map((value) => [value.toLowerCase(), value]));
  return { kind: 'choice', values, capitalsInFiles: true };
}

/** Values with a spelling of their own in listings: feed spelling → Google's. */
export function spelled(values: Readonly<Record<string, string>>): ValueType {
  return { kind: 'choice', values };
}

/** A number with a unit, written `0.25 kg`. */
export function measure(
  units: readonly string[] | Readonly<Record<string, string>>,
  max: number | null,
): ValueType {
  return { kind: 'measure', units: unitTable(units), number: 'double', max };
}

/** A whole number with a unit, an int64 at Google. */
export function wholeMeasure(units: readonly string[] | Readonly<Record<string, string>>): ValueType {
  return { kind: 'measure', units: unitTable(units), number: 'int64', max: null };
}

function unitTable(
  units: readonly string[] | Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return isList(units) ? Object.fromEntries(units.map((unit) => [unit, unit])) : units;
}

function isList(units: readonly string[] | Readonly<Record<string, string>>): units is readonly string[] {
  return Array.isArray(units);
}

/** An object with members of its own. */
export function group(...members: readonly AttributeRow[]): ValueType {
  return tiedGroup({}, ...members);
}

/** An object whose members exclude or need each other. */
export function tiedGroup(ties: Partial<MemberTies>, ...members: readonly AttributeRow[]): ValueType {
  return { kind: 'group', members, ties: { clashes: [], needs: [], ...ties } };
}

/** An absolute address. */
export const URL_VALUE: ValueType = { kind: 'url' };
/** `yes` or `no`. */
export const YES_NO: ValueType = { kind: 'yes-no' };
/** A moment in time. */
export const INSTANT: ValueType = { kind: 'instant' };
/** From one moment to another. */
export const INTERVAL: ValueType = { kind: 'interval' };
/** An amount with its currency, not below zero. */
export const PRICE: ValueType = { kind: 'price', signed: false };
