import type { MadeProduct, MadeVariant } from './catalog-generator.js';

const COLUMNS = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Product Category',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Inventory Policy',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Requires Shipping',
  'Variant Taxable',
  'Variant Barcode',
  'Image Src',
  'Image Position',
  'Google Shopping / Gender',
  'Google Shopping / Age Group',
  'Google Shopping / MPN',
  'Google Shopping / Condition',
  'Variant Weight Unit',
  'Status',
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string>>;

/** The header line of a Shopify product CSV. */
export const shopifyHeader = `${COLUMNS.join(',')}\n`;

/** The rows of one product as Shopify exports them: product columns in the first row only, pictures down the rows. */
export function shopifyRows(product: MadeProduct): string {
  const rows: Row[] = product.variants.map((variant) => variantRow(product, variant));
  if (product.repeated) rows.push({ ...rows[rows.length - 1] });
  while (rows.length < product.images.length) rows.push({ Handle: product.handle });
  for (const [place, image] of product.images.entries())
    Object.assign(rows[place] ?? {}, { 'Image Src': image, 'Image Position': String(place + 1) });
  Object.assign(rows[0] ?? {}, productCells(product));
  return rows.map(line).join('');
}

function productCells(product: MadeProduct): Row {
  return {
    Title: product.title,
    'Body (HTML)': product.description,
    Vendor: product.brand,
    'Product Category': product.type,
    Type: product.type.split(' > ')[1] ?? '',
    Tags: 'autumn, essentials',
    Published: 'true',
    'Option1 Name': 'Color',
    'Option2 Name': 'Size',
    'Google Shopping / Gender': product.gender,
    'Google Shopping / Age Group': 'adult',
    'Google Shopping / Condition': 'new',
    Status: 'active',
  };
}

function variantRow(product: MadeProduct, variant: MadeVariant): Row {
  return {
    Handle: product.handle,
    'Option1 Value': variant.color,
    'Option2 Value': variant.size,
    'Variant SKU': variant.sku,
    'Variant Grams': String(variant.grams),
    'Variant Inventory Tracker': 'shopify',
    'Variant Inventory Qty': String(variant.onHand),
    'Variant Inventory Policy': 'deny',
    'Variant Price': (variant.price / 100).toFixed(2),
    'Variant Compare At Price': variant.compareAt === null ? '' : (variant.compareAt / 100).toFixed(2),
    'Variant Requires Shipping': 'true',
    'Variant Taxable': 'true',
    'Variant Barcode': variant.gtin,
    'Google Shopping / MPN': variant.mpn,
    'Variant Weight Unit': 'g',
  };
}

function line(row: Row): string {
  return `${COLUMNS.map((column) => quoted(row[column] ?? '')).join(',')}\n`;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
