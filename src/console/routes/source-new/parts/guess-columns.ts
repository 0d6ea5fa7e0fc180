import type { ColumnChoice } from '../search.js';

/** A field a person says the column of. */
export type ColumnField = Exclude<keyof ColumnChoice, 'attributes'>;

/** What the column of a field is often called, in small letters without signs; the first that is there counts. */
const NAMES: Readonly<Record<ColumnField, readonly string[]>> = {
  sku: ['sku', 'artikelnummer', 'artikelnr', 'artnr', 'itemnumber', 'itemno', 'productcode', 'article', 'id'],
  title: [
    'title',
    'name',
    'productname',
    'bezeichnung',
    'artikelbezeichnung',
    'titel',
    'nom',
    'nombre',
    'titolo',
  ],
  price: ['price', 'preis', 'vkpreis', 'verkaufspreis', 'prix', 'precio', 'prezzo', 'bruttopreis'],
  description: ['description', 'beschreibung', 'descripcion', 'descrizione', 'text'],
  image: ['image', 'images', 'imagelink', 'imageurl', 'bild', 'bilder', 'picture'],
  link: ['link', 'url', 'producturl'],
  brand: ['brand', 'marke', 'hersteller', 'manufacturer', 'vendor', 'marque', 'marca'],
  gtin: ['gtin', 'ean', 'upc', 'barcode', 'isbn'],
  quantity: ['quantity', 'qty', 'stock', 'bestand', 'menge', 'lagerbestand', 'inventory'],
  group: ['group', 'groupid', 'itemgroupid', 'parent', 'parentsku', 'hauptartikel', 'gruppe', 'productid'],
  categories: ['category', 'categories', 'kategorie', 'warengruppe', 'categorie'],
  type: ['type', 'producttype', 'art'],
  mpn: ['mpn', 'herstellernummer'],
  salePrice: ['saleprice', 'specialprice', 'aktionspreis'],
  cost: ['cost', 'einkaufspreis', 'ekpreis'],
  color: ['color', 'colour', 'farbe', 'couleur'],
  size: ['size', 'groesse', 'grosse', 'taille'],
  weight: ['weight', 'gewicht'],
  condition: ['condition', 'zustand'],
  status: ['status'],
};

/** The fields, in the order they are asked for. */
export const FIELDS = Object.keys(NAMES) as readonly ColumnField[];

/** What columns probably mean, by their names alone; each column is taken once. A person looks at it before anything is imported. */
export function guessColumns(columns: readonly string[]): ColumnChoice {
  const free = new Map(columns.map((column) => [plain(column), column]));
  const guessed: Record<string, string> = {};
  for (const [field, names] of Object.entries(NAMES)) {
    const name = names.find((known) => free.has(known));
    const column = name === undefined ? undefined : free.get(name);
    if (name === undefined || column === undefined) continue;
    guessed[field] = column;
    free.delete(name);
  }
  return guessed;
}

/** Columns no field takes, as free attributes: attribute → column. */
export function freeAttributes(
  columns: readonly string[],
  chosen: ColumnChoice,
): Readonly<Record<string, string>> {
  const { attributes: _attributes, ...fields } = chosen;
  const taken = new Set(Object.values(fields));
  return Object.fromEntries(
    columns
      .filter((column) => column !== '' && !taken.has(column))
      .map((column) => [plain(column) || column, column]),
  );
}

function plain(column: string): string {
  return column
    .normalize('NFD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
