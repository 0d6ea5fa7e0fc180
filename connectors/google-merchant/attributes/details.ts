import {
  type AttributeRow,
  capitalChoice,
  choice,
  group,
  integer,
  measure,
  number,
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
    list: 10,
    note: 'Own tree with " > "; the first is used for bidding.',
  }),
  row('brand', text(70), {
    requirement: 'conditional',
    note: 'Required for new goods except films, books and music.',
  }),
  row(
    'gtin',
    { kind: 'gtin' },
    {
      field: 'gtins',
      list: 10,
      plainWhenSingle: true,
      requirement: 'conditional',
      note: 'Required where the maker assigned one.',
    },
  ),
  row('mpn', text(70), { requirement: 'conditional', note: 'Required without gtin.' }),
  row('identifier_exists', YES_NO, { note: 'no only where neither GTIN nor MPN with brand exists.' }),
  row('condition', choice('NEW', 'USED', 'REFURBISHED'), { requirement: 'conditional' }),
  row('adult', YES_NO),
  row('multipack', integer(2)),
  row('is_bundle', YES_NO),
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
    { field: 'certifications', list: 100 },
  ),
  row('energy_efficiency_class', ENERGY_CLASS, { note: 'NO, CH and GB.' }),
  row('min_energy_efficiency_class', ENERGY_CLASS),
  row('max_energy_efficiency_class', ENERGY_CLASS),
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

const DIMENSION = measure(['in', 'cm'], 3000);

/** Description in detail (specification 5.4). */
export const DETAILS: readonly AttributeRow[] = [
  row('age_group', choice('ADULT', 'KIDS', 'TODDLER', 'INFANT', 'NEWBORN'), {
    requirement: 'conditional',
    note: 'Apparel in BR, DE, FR, GB, JP, US.',
  }),
  row('gender', choice('MALE', 'FEMALE', 'UNISEX'), {
    requirement: 'conditional',
    note: 'Apparel in BR, DE, FR, GB, JP, US.',
  }),
  row('color', text(100), { requirement: 'conditional', note: 'Up to three with "/"; names, no codes.' }),
  row('size', text(100), { requirement: 'conditional', note: 'One size value.' }),
  row('size_type', choice('REGULAR', 'PETITE', 'MATERNITY', 'BIG', 'TALL', 'PLUS'), {
    field: 'sizeTypes',
    list: 2,
  }),
  row(
    'size_system',
    spelled({
      US: 'US',
      UK: 'UK',
      EU: 'EU',
      DE: 'DE',
      FR: 'FR',
      JP: 'JP',
      CN: 'CN',
      IT: 'IT',
      BR: 'BR',
      MEX: 'MEX',
      AU: 'AU',
    }),
  ),
  row('material', text(200), { requirement: 'conditional', note: 'Up to three with "/".' }),
  row('pattern', text(100), { requirement: 'conditional' }),
  row('product_length', DIMENSION),
  row('product_width', DIMENSION),
  row('product_height', DIMENSION),
  row('product_weight', measure(['lb', 'oz', 'g', 'kg'], 2000)),
  row(
    'product_detail',
    group(
      row('section_name', text(140)),
      row('attribute_name', text(140), { requirement: 'required' }),
      row('attribute_value', text(1000), { requirement: 'required' }),
    ),
    { field: 'productDetails', list: 1000 },
  ),
  row('product_highlight', text(150), {
    field: 'productHighlights',
    list: 100,
    note: '2 to 100; 4 to 6 advised.',
  }),
  row('popularity_rank', number(0, 100), TYPINGS),
  row(
    'question_and_answer',
    group(
      row('question', text(1000), { requirement: 'required' }),
      row('answer', text(1000), { requirement: 'required' }),
    ),
    { field: 'questionsAndAnswers', list: 30, ...TYPINGS },
  ),
  row(
    'related_product',
    group(
      row(
        'relationship_type',
        choice(
          'PART_OF_SET',
          'REQUIRED_PART',
          'OFTEN_BOUGHT_WITH',
          'SUBSTITUTE',
          'DIFFERENT_BRAND',
          'ACCESSORY',
        ),
        { requirement: 'required' },
      ),
      row('id_type', choice('GTIN', 'ID'), { requirement: 'required' }),
      row('id', text(), { requirement: 'required' }),
    ),
    { field: 'relatedProducts', list: 100, ...TYPINGS },
  ),
];
