import type { Header } from './cells.js';
import { optionName } from './option-name.js';

/** Columns of one numbered attribute. */
export interface AttributeColumns {
  readonly name: number;
  readonly values: number;
}

/** A column with a measure and the unit its name states: `Weight (kg)`. */
export interface MeasureColumn {
  readonly place: number;
  readonly unit: string;
}

/** Where the columns of a WooCommerce product CSV stand; −1 for those the file does not have. */
export type WooColumns = ReturnType<typeof wooColumns>;

/**
 * Finds the columns of WooCommerce's product export
 * (https://woocommerce.com/document/product-csv-importer-exporter/, checked 2026-11).
 */
export function wooColumns(header: Header) {
  return {
    id: header.find('ID'),
    type: header.find('Type'),
    sku: header.find('SKU'),
    gtin: header.find(
      'GTIN, UPC, EAN, or ISBN',
      'Meta: _global_unique_id',
      'Meta: _wc_gla_gtin',
      'Meta: gtin',
      'Meta: ean',
    ),
    mpn: header.find('MPN', 'Meta: _wc_gla_mpn', 'Meta: mpn'),
    name: header.find('Name'),
    published: header.find('Published'),
    visibility: header.find('Visibility in catalog'),
    shortDescription: header.find('Short description'),
    description: header.find('Description'),
    saleFrom: header.find('Date sale price starts'),
    saleTo: header.find('Date sale price ends'),
    inStock: header.find('In stock?'),
    stock: header.find('Stock'),
    backorders: header.find('Backorders allowed?'),
    salePrice: header.find('Sale price'),
    price: header.find('Regular price', 'Price'),
    cost: header.find('Cost of goods', 'Meta: _wc_cog_cost'),
    categories: header.find('Categories'),
    tags: header.find('Tags'),
    brands: header.find('Brands', 'Brand', 'Meta: _wc_gla_brand'),
    images: header.find('Images'),
    parent: header.find('Parent'),
    externalUrl: header.find('External URL'),
    weight: measureColumn(header, 'Weight'),
    length: measureColumn(header, 'Length'),
    width: measureColumn(header, 'Width'),
    height: measureColumn(header, 'Height'),
    attributes: attributeColumns(header),
    free: freeColumns(header),
  };
}

function measureColumn(header: Header, name: string): MeasureColumn | null {
  for (const [column, place] of header.entries()) {
    const unit = new RegExp(`^${name} \\((\\w+)\\)$`, 'i').exec(column)?.[1];
    if (unit !== undefined) return { place, unit: unit.toLowerCase().replace('lbs', 'lb') };
  }
  return null;
}

function attributeColumns(header: Header): readonly AttributeColumns[] {
  const columns: AttributeColumns[] = [];
  for (const [column, place] of header.entries()) {
    const number = /^Attribute (\d+) name$/i.exec(column)?.[1];
    if (number === undefined) continue;
    columns.push({ name: place, values: header.find(`Attribute ${number} value(s)`) });
  }
  return columns;
}

/** Columns of plugins (`Meta: …`) that are readable text; WordPress keeps its own under a leading underscore. */
function freeColumns(header: Header): readonly { name: string; place: number }[] {
  const columns: { name: string; place: number }[] = [];
  for (const [column, place] of header.entries()) {
    const key = /^Meta: ([^_].*)$/i.exec(column)?.[1];
    if (key !== undefined) columns.push({ name: optionName(key), place });
    if (/^(Shipping class|Tax class)$/i.test(column)) columns.push({ name: optionName(column), place });
  }
  return columns;
}
