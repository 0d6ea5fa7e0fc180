import { choice, group, type MetaRow, member, row, text, whole } from './row.js';

const WORDS = { compared: true, google: true, override: 'any' } as const;

/** How an item differs from its neighbours in a group. */
export const VARIANTS: readonly MetaRow[] = [
  row('item_group_id', text(100), {
    google: true,
    requirement: 'conditional',
    read: 'retailer_product_group_id',
    aliases: ['retailer_product_group_id'],
    note: 'The same for all variants of a product, never the id of an item.',
  }),
  row('previous_id', text(100), {
    clear: false,
    source: 'batch',
    note: 'Old id when an item is split into variants, so that its ad ranking is kept.',
  }),
  row('color', text(100), { ...WORDS, read: 'color', note: 'In words.' }),
  row('size', text(200), {
    ...WORDS,
    read: 'size',
    note: 'Without the word "size"; Shops need it for clothing and shoes.',
  }),
  row('gender', choice('female', 'male', 'unisex'), {
    compared: true,
    google: true,
    read: 'gender',
    note: 'For whom.',
  }),
  row('age_group', choice('newborn', 'infant', 'toddler', 'kids', 'teen', 'adult', 'all ages'), {
    compared: true,
    google: true,
    read: 'age_group',
    note: 'For whom.',
  }),
  row('material', text(200), { ...WORDS, read: 'material', note: 'What it is made of.' }),
  row('pattern', text(100), { ...WORDS, read: 'pattern', note: 'Pattern or print.' }),
  row(
    'additional_variant_attribute',
    group(member('variant_label', text(100), true), member('variant_value', text(100), true)),
    {
      list: 4,
      cell: 'pairs',
      override: 'any',
      read: 'additional_variant_attributes',
      source: 'batch',
      note: 'Differences that have no attribute of their own; without `,` and `:`.',
    },
  ),
  row('ordering_index', whole(), {
    read: 'ordering_index',
    source: 'batch',
    note: 'Order within the group.',
  }),
];
