import { stringify } from 'yaml';

/**
 * Fields a person may say the column of. Order: as they are asked for. `sku`, `title` and `price` are what a listing cannot be without;
 * `group` holds the same text in all rows of one product.
 */
export const COLUMN_FIELDS = [
  'sku',
  'title',
  'price',
  'description',
  'image',
  'link',
  'brand',
  'gtin',
  'quantity',
  'group',
  'categories',
  'type',
  'mpn',
  'salePrice',
  'cost',
  'color',
  'size',
  'weight',
  'condition',
  'status',
] as const;

/** One of `COLUMN_FIELDS`. */
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** Which column of a table each field stands in, and columns that become free attributes: attribute → column. */
export type Columns = Readonly<Partial<Record<ColumnField, string>>> & {
  readonly attributes?: Readonly<Record<string, string>>;
};

const PRODUCT = {
  title: 'title',
  description: 'description',
  brand: 'brand',
  type: 'type',
  condition: 'condition',
  status: 'status',
  link: 'link',
} as const satisfies Partial<Record<ColumnField, string>>;

const VARIANT = {
  sku: 'sku',
  gtin: 'gtin',
  mpn: 'mpn',
  price: 'price',
  salePrice: 'salePrice',
  cost: 'cost',
  weight: 'weight',
} as const satisfies Partial<Record<ColumnField, string>>;

const LISTS = { categories: 'categories', image: 'images' } as const;
const OPTIONS = { color: 'color', size: 'size' } as const;
/** Between entries of a cell with several pictures or categories. */
const LIST_SEPARATOR = '|';

/**
 * The source mapping (`mappings/sources/README.md`) that reads a table by its columns. Rows with the same `group` are one product; without
 * it every row is one. A field nobody named a column for is not known.
 */
export function columnMapping(columns: Columns): string {
  const of = (fields: Partial<Record<ColumnField, string>>, base: 'row' | 'lists'): Record<string, string> =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([field, name]) => {
        const column = columns[field as ColumnField];
        return column === undefined ? [] : [[name, cell(column, base)]];
      }),
    );
  const sku = columns.sku === undefined ? null : cell(columns.sku);
  const key =
    columns.group === undefined
      ? sku
      : sku === null
        ? cell(columns.group)
        : `default(${cell(columns.group)}, ${sku})`;
  const attributes = Object.entries(columns.attributes ?? {}).map(([name, column]) => [name, cell(column)]);
  const options = of(OPTIONS, 'row');
  return stringify({
    source: 'columns',
    file: { listSeparator: LIST_SEPARATOR },
    ...(columns.group === undefined ? {} : { products: { key } }),
    product: {
      ...(key === null ? {} : { id: key }),
      ...of(PRODUCT, 'row'),
      ...of(LISTS, 'lists'),
      ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
    },
    variant: { ...of(VARIANT, 'row'), ...(Object.keys(options).length === 0 ? {} : { options }) },
    ...(columns.quantity === undefined ? {} : { stock: cell(columns.quantity) }),
  });
}

/** A column as the mapping's language names it, whatever its header holds. */
function cell(column: string, base: 'row' | 'lists' = 'row'): string {
  return `${base}[${JSON.stringify(column)}]`;
}
