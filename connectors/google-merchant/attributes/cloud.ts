import { type AttributeRow, group, integer, number, row, text, YES_NO } from './row.js';

/** Extra facts for Google Cloud Retail. */
export const CLOUD: readonly AttributeRow[] = [
  row(
    'cloud_export_additional_properties',
    group(
      row('property_name', text(256), { requirement: 'required' }),
      row('text_value', text(256), { list: 400 }),
      row('bool_value', YES_NO),
      row('int_value', integer(Number.MIN_SAFE_INTEGER), { list: 400 }),
      row('float_value', number(), { list: 400 }),
      row('min_value', number()),
      row('max_value', number()),
      row('unit_code', text(256)),
    ),
    { source: 'typings', list: 100 },
  ),
];
