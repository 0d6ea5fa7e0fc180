import { BASIC, IDENTITY, OFFER } from './attributes/core.js';
import { DETAILS, SPECIAL } from './attributes/details.js';
import { choice, group, type MetaRow, row, text } from './attributes/row.js';
import { VARIANTS } from './attributes/variants.js';

/** Every attribute of an item: the one table behind schema, spelling, batch records, feed columns, reading back and README. */
export const ITEM_ATTRIBUTES: readonly MetaRow[] = [
  ...BASIC,
  ...OFFER,
  ...IDENTITY,
  ...VARIANTS,
  ...DETAILS,
  ...SPECIAL,
];

/** Attributes that a language or a country may have of its own. */
export const OVERRIDE_ATTRIBUTES: readonly MetaRow[] = ITEM_ATTRIBUTES.filter(
  (attribute) => attribute.override !== null,
);

/** Name of the attribute that holds values for single languages and countries. It travels apart from the item. */
export const OVERRIDES = 'overrides';

/** Kinds of override, as `localized_items_batch` names them (verified 2026-11-23). */
export const OVERRIDE_TYPES = ['LANGUAGE', 'COUNTRY', 'LANGUAGE_AND_COUNTRY'] as const;

const OVERRIDE_ROW = row(
  OVERRIDES,
  group(
    row('type', choice(...OVERRIDE_TYPES), { requirement: 'required' }),
    row('value', text(20, '^([a-z]{2}_[A-Z]{2}(\\|[A-Z]{2})?|[A-Z]{2})$'), { requirement: 'required' }),
    ...OVERRIDE_ATTRIBUTES.map((attribute): MetaRow => ({ ...attribute, requirement: 'optional' })),
  ),
  {
    list: 100,
    clear: false,
    source: 'batch',
    note: 'Values for single languages (`de_XX`), countries (`DE`) or both (`de_XX|DE`).',
  },
);

/** Everything a listing may carry. */
export const ATTRIBUTES: readonly MetaRow[] = [...ITEM_ATTRIBUTES, OVERRIDE_ROW];

/** Rows by name. */
export const ATTRIBUTE_BY_NAME: ReadonlyMap<string, MetaRow> = new Map(
  ATTRIBUTES.map((attribute) => [attribute.name, attribute]),
);

/** The attributes that may be sent alone. */
export const OFFER_ATTRIBUTES: readonly string[] = OFFER.map((attribute) => attribute.name);
