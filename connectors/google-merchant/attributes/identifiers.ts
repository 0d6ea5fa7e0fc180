import { BRAND, ENERGY_LABEL, ENERGY_SCALE, identifierUnless } from './demand.js';
import {
  type AttributeRow,
  capitalChoice,
  choice,
  group,
  integer,
  row,
  spelled,
  text,
  URL_VALUE,
  YES_NO,
} from './row.js';

const TYPINGS = { source: 'typings' } as const;

const ENERGY_CLASS = spelled({
  'A+++': 'APPP',
  'A++': 'APP',
  'A+': 'AP',
  A: 'A',
  B: 'B',
  C: 'C',
  D: 'D',
  E: 'E',
  F: 'F',
  G: 'G',
});

/** Category and identifiers (specification 5.3). */
export const IDENTIFIERS: readonly AttributeRow[] = [
  row('google_product_category', text(), { note: 'Id (preferred) or full path of the English taxonomy.' }),
  row('product_type', text(750), {
    field: 'productTypes',
    list: 100,
    usual: 10,
    note: 'Own tree with " > "; the first is used for bidding.',
  }),
  row('brand', text(70), {
    demands: BRAND,
    note: 'The maker, no word for "none".',
  }),
  row(
    'gtin',
    { kind: 'gtin' },
    {
      field: 'gtins',
      list: 10,
      plainWhenSingle: true,
      demands: identifierUnless('mpn'),
      note: 'Always where the maker assigned one; with brand and mpn only where there is none.',
    },
  ),
  row('mpn', text(70), { demands: identifierUnless('gtin'), note: 'Of the maker, never made up.' }),
  row('identifier_exists', YES_NO, { note: 'no only where neither GTIN nor MPN with brand exists.' }),
  row('condition', choice('NEW', 'USED', 'REFURBISHED'), {
    requirement: 'conditional',
    note: 'For used and refurbished goods.',
  }),
  row('adult', YES_NO, { demands: [{ level: 'must', branch: 'mature', notBranch: 'weapons' }] }),
  row('multipack', integer(2), { requirement: 'conditional', note: 'For packs the merchant makes up.' }),
  row('is_bundle', YES_NO, { requirement: 'conditional', note: 'For bundles the merchant makes up.' }),
  row(
    'certification',
    group(
      row('certification_authority', capitalChoice('ADEME', 'BMWK', 'EPA', 'EC')),
      row(
        'certification_name',
        capitalChoice(
          'ENERGY_STAR',
          'ENERGY_STAR_MOST_EFFICIENT',
          'EPREL',
          'EU_ECOLABEL',
          'VEHICLE_ENERGY_EFFICIENCY',
          'VEHICLE_ENERGY_EFFICIENCY_DISCHARGED_BATTERY',
        ),
      ),
      row('certification_code', text(2000)),
      row('certification_value', text(2000)),
      row('certification_document_link', URL_VALUE, TYPINGS),
      row('certification_label_link', URL_VALUE, TYPINGS),
    ),
    { field: 'certifications', list: 100, demands: ENERGY_LABEL },
  ),
  row('energy_efficiency_class', ENERGY_CLASS, { note: 'NO, CH and GB.' }),
  row('min_energy_efficiency_class', ENERGY_CLASS, { demands: ENERGY_SCALE }),
  row('max_energy_efficiency_class', ENERGY_CLASS, { demands: ENERGY_SCALE }),
  row('item_group_id', text(50), {
    requirement: 'conditional',
    note: 'The same for all variants of a product.',
  }),
  row('item_group_title', text(), TYPINGS),
  row(
    'variant_option',
    group(
      row('name', text(), { requirement: 'required' }),
      row('value', text(), { requirement: 'required' }),
    ),
    { field: 'variantOptions', list: 100, ...TYPINGS },
  ),
];
