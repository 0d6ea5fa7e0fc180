import type { Header } from './cells.js';

const attributePattern = /\(product\.metafields\.([^)]+)\)\s*$/i;

/** A column that becomes a free attribute. */
export interface AttributeColumn {
  readonly name: string;
  readonly place: number;
}

/** A column with the price in one market: `Price / Germany`. */
export interface MarketColumn {
  readonly market: string;
  readonly place: number;
}

/** Where the columns of a Shopify product CSV stand; −1 for those the file does not have. */
export type ShopifyColumns = ReturnType<typeof shopifyColumns>;

/**
 * Finds the columns of both generations of Shopify's product CSV: `Handle, Body (HTML), Variant SKU …` and
 * `URL handle, Description, SKU …` (https://help.shopify.com/en/manual/products/import-export/using-csv, checked 2026-11).
 */
export function shopifyColumns(header: Header) {
  return {
    handle: header.need('Handle', 'URL handle'),
    title: header.find('Title'),
    body: header.find('Body (HTML)', 'Description'),
    vendor: header.find('Vendor'),
    category: header.find('Product Category', 'Standardized Product Type'),
    type: header.find('Type', 'Custom Product Type'),
    tags: header.find('Tags'),
    published: header.find('Published', 'Published on online store'),
    status: header.find('Status'),
    optionNames: optionColumns(header, 'Name'),
    optionValues: optionColumns(header, 'Value'),
    sku: header.find('Variant SKU', 'SKU'),
    grams: header.find('Variant Grams', 'Weight value (grams)'),
    weightUnit: header.find('Variant Weight Unit', 'Weight unit for display'),
    tracker: header.find('Variant Inventory Tracker', 'Inventory tracker'),
    quantity: header.find('Variant Inventory Qty', 'Inventory quantity'),
    policy: header.find('Variant Inventory Policy', 'Continue selling when out of stock'),
    price: header.find('Variant Price', 'Price'),
    compareAt: header.find('Variant Compare At Price', 'Compare-at price'),
    cost: header.find('Cost per item'),
    barcode: header.find('Variant Barcode', 'Barcode'),
    variantImage: header.find('Variant Image', 'Variant image URL'),
    image: header.find('Image Src', 'Product image URL'),
    imagePosition: header.find('Image Position'),
    imageAlt: header.find('Image Alt Text'),
    seoTitle: header.find('SEO Title'),
    seoDescription: header.find('SEO Description'),
    googleMpn: header.find('Google Shopping / MPN'),
    googleCondition: header.find('Google Shopping / Condition'),
    googleCategory: header.find('Google Shopping / Google Product Category'),
    originCountry: header.find('Variant Country of Origin', 'Country of origin'),
    hsCode: header.find('Variant HS Code', 'HS code'),
    attributes: attributeColumns(header),
    markets: marketColumns(header),
  };
}

function optionColumns(header: Header, part: string): readonly number[] {
  return [1, 2, 3].map((number) => header.find(`Option${number} ${part}`));
}

/** Columns of Google Shopping attributes and metafields, and a few of Shopify's own that mappings use. */
function attributeColumns(header: Header): readonly AttributeColumn[] {
  const known: Readonly<Record<string, string>> = {
    'google shopping / gender': 'gender',
    'google shopping / age group': 'age_group',
    'google shopping / adwords grouping': 'adwords_grouping',
    'google shopping / adwords labels': 'adwords_labels',
    'google shopping / custom product': 'custom_product',
    'gift card': 'gift_card',
    'variant tax code': 'tax_code',
    'tax code': 'tax_code',
    'variant taxable': 'taxable',
    'charge tax': 'taxable',
    'variant requires shipping': 'requires_shipping',
    'requires shipping': 'requires_shipping',
  };
  const columns: AttributeColumn[] = [];
  for (const [column, place] of header.entries()) {
    const plain = column.toLowerCase();
    const label = /^google shopping \/ (custom label [0-4])$/.exec(plain)?.[1]?.replaceAll(' ', '_');
    const field = attributePattern.exec(column)?.[1];
    const name = label ?? (Object.hasOwn(known, plain) ? known[plain] : metafieldName(field));
    if (name !== undefined) columns.push({ name, place });
  }
  return columns;
}

/** `shopify.color-pattern` → `color_pattern`; `custom.fabric` → `fabric`. */
function metafieldName(field: string | undefined): string | undefined {
  if (field === undefined) return undefined;
  const key = field.slice(field.lastIndexOf('.') + 1).trim();
  return key === '' ? undefined : key.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');
}

function marketColumns(header: Header): readonly MarketColumn[] {
  const columns: MarketColumn[] = [];
  for (const [column, place] of header.entries()) {
    const market = /^Price \/ (.+)$/i.exec(column)?.[1];
    if (market !== undefined) columns.push({ market: market.trim(), place });
  }
  return columns;
}
