import { APPAREL } from './demand.js';
import { type AttributeRow, choice, group, measure, number, row, spelled, text } from './row.js';

const TYPINGS = { source: 'typings' } as const;

const DIMENSION = measure(['in', 'cm'], 3000);

/** Description in detail (specification 5.4). */
export const DETAILS: readonly AttributeRow[] = [
  row('age_group', choice('ADULT', 'KIDS', 'TODDLER', 'INFANT', 'NEWBORN'), { demands: APPAREL }),
  row('gender', choice('MALE', 'FEMALE', 'UNISEX'), { demands: APPAREL }),
  row('color', text(100), { demands: APPAREL, note: 'Up to three with "/"; names, no codes.' }),
  row('size', text(100), { demands: APPAREL, note: 'One size value.' }),
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
  row('material', text(200), {
    requirement: 'conditional',
    note: 'Up to three with "/"; where it tells variants apart.',
  }),
  row('pattern', text(100), { requirement: 'conditional', note: 'Where it tells variants apart.' }),
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
