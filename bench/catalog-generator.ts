import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { shopifyHeader, shopifyRows } from './catalog-csv.js';
import { floorLines } from './catalog-lines.js';

/** One sellable thing of the made catalog. */
export interface MadeVariant {
  /** Empty: the shop gave it none. */
  readonly sku: string;
  readonly color: string;
  readonly size: string;
  readonly price: number;
  readonly compareAt: number | null;
  readonly onHand: number;
  /** Empty: the shop has none. */
  readonly gtin: string;
  readonly mpn: string;
  readonly grams: number;
}

/** One product of the made catalog. `repeated`: the export says its last variant twice, with the same SKU. */
export interface MadeProduct {
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly brand: string;
  readonly type: string;
  readonly gender: string;
  readonly images: readonly string[];
  readonly variants: readonly MadeVariant[];
  readonly repeated: boolean;
}

/** Where the files of a made catalog are, and what is in them. */
export interface MadeCatalog {
  /** Shopify product CSV. */
  readonly csv: string;
  /** The same shop a day later: stock, prices, new and gone products. */
  readonly nextCsv: string;
  /** One JSON object per variant: what the writers without a store read. */
  readonly lines: string;
  readonly variants: number;
  readonly products: number;
  /** Variants that differ in the second file, those of gone and new products included. */
  readonly changed: number;
}

/** What happens between two days, as a real shop has it: shares of the variants. */
export const STEP = { stock: 0.043, price: 0.005, created: 0.005, gone: 0.005 } as const;

const SEED = 20_261_101;
const GENDERS = ['female', 'male', 'unisex'] as const;
const COLORS = ['Black', 'Ink Blue', 'Moss', 'Sand', 'Rust', 'Off White', 'Plum', 'Grün', '藍色', 'Синий'];
const SIZES = ['XXS', 'XS', 'S', 'M', 'L', 'XL', 'XXL', '3XL'];
const BRANDS = ['Fernweh', 'Nordlicht', 'Alba & Söhne', 'Cove', 'Maison Été', 'Tōkyō Line'];
const TYPES = ['Shirts', 'Trousers', 'Jackets', 'Dresses', 'Knitwear', 'Socks', 'Hats', 'Shoes'];
const NOUNS = ['Shirt', 'Chino', 'Parka', 'Dress', 'Cardigan', 'Crew Sock', 'Beanie', 'Trainer'];
const ADJECTIVES = ['Linen', 'Merino', 'Organic', 'Waxed', 'Washed', 'Quilted', 'Ribbed', 'Everyday'];
const WORDS =
  'soft light woven from long staple cotton with a relaxed shape and a clean finish for warm days cold mornings travel work made to last washed once before it leaves the mill cut close at the shoulder pockets seams buttons'.split(
    ' ',
  );

/** Products until `count` variants are made; the same for the same numbers on every machine. */
export function* madeProducts(count: number, from = 0): Generator<MadeProduct> {
  for (let made = 0, number = from; made < count; number++) {
    const product = madeProduct(number, count - made);
    made += product.variants.length;
    yield product;
  }
}

/** Writes the three files of a catalog with `count` variants into `folder`. */
export async function writeCatalog(folder: string, count: number): Promise<MadeCatalog> {
  const files = {
    csv: `${folder}/shop.csv`,
    nextCsv: `${folder}/shop-next.csv`,
    lines: `${folder}/shop.jsonl`,
  };
  const [csv, nextCsv, lines] = [textFile(files.csv), textFile(files.nextCsv), textFile(files.lines)];
  let products = 0;
  let variants = 0;
  let changed = 0;
  await csv.write(shopifyHeader);
  await nextCsv.write(shopifyHeader);
  for (const product of madeProducts(count)) {
    const next = aDayLater(product, products);
    products++;
    variants += product.variants.length;
    changed += next.changed;
    await csv.write(shopifyRows(product));
    await lines.write(floorLines(product));
    if (next.product !== null) await nextCsv.write(shopifyRows(next.product));
  }
  const created = Math.max(1, Math.round(count * STEP.created));
  for (const product of madeProducts(created, products)) await nextCsv.write(shopifyRows(product));
  await Promise.all([csv.end(), nextCsv.end(), lines.end()]);
  return { ...files, variants, products, changed: changed + created };
}

/** The product on the next day; null: it is gone. Prices change and products go as a whole, stock by variant. */
function aDayLater(product: MadeProduct, number: number): { product: MadeProduct | null; changed: number } {
  const random = randomFrom(number ^ 0x5eed);
  const fate = random();
  if (fate < STEP.gone) return { product: null, changed: product.variants.length };
  const dearer = fate < STEP.gone + STEP.price;
  let changed = 0;
  const variants = product.variants.map((variant) => {
    const sold = random() < STEP.stock;
    if (!sold && !dearer) return variant;
    changed++;
    return {
      ...variant,
      onHand: sold ? variant.onHand + 1 + Math.floor(random() * 3) : variant.onHand,
      price: dearer ? variant.price + 100 : variant.price,
    };
  });
  return { product: { ...product, variants }, changed };
}

function madeProduct(number: number, most: number): MadeProduct {
  const random = randomFrom(number);
  const kind = Math.floor(random() * TYPES.length);
  const handle = `${ADJECTIVES[kind]}-${NOUNS[kind]}-${number}`.toLowerCase().replaceAll(' ', '-');
  const title = `${pick(ADJECTIVES, random)} ${NOUNS[kind]} ${number}${random() < 0.03 ? ' – 新作' : ''}`;
  return {
    handle,
    title: random() < 0.02 ? title.toUpperCase() : title,
    description: description(random),
    brand: pick(BRANDS, random),
    type: `Apparel > ${TYPES[kind]}`,
    gender: pick(GENDERS, random),
    images: images(handle, random),
    variants: variantsOf(number, most, random),
    repeated: random() < 0.002,
  };
}

/** HTML as shop editors leave it: nested tags, entities, inline styles, here and there a very long one. */
function description(random: () => number): string {
  const sentences = random() < 0.05 ? 30 : 2 + Math.floor(random() * 6);
  let html = '';
  for (let sentence = 0; sentence < sentences; sentence++) {
    const words = Array.from({ length: 8 + Math.floor(random() * 8) }, () => pick(WORDS, random)).join(' ');
    const style = random() < 0.2 ? ' style="margin:0"' : '';
    html += `<p${style}>${words} &amp; ${pick(WORDS, random)}.</p>`;
  }
  return random() < 0.4 ? `${html}<ul><li>40&deg; wash</li><li>Café-quality&nbsp;feel</li></ul>` : html;
}

function images(handle: string, random: () => number): string[] {
  const count = 1 + Math.floor(random() * 4);
  return Array.from({ length: count }, (_, place) => `https://cdn.shop.example/p/${handle}_${place + 1}.jpg`);
}

/** One in ten products has a single variant; the others colours × sizes. One price per product. */
function variantsOf(number: number, most: number, random: () => number): MadeVariant[] {
  const single = random() < 0.1;
  const colors = single ? 1 : 1 + Math.floor(random() * 3);
  const sizes = single ? 1 : 1 + Math.floor(random() * 6);
  const firstColor = Math.floor(random() * COLORS.length);
  const price = 900 + Math.floor(random() * 200) * 50;
  const prices = { price, compareAt: random() < 0.15 ? price + 1_000 : null };
  return Array.from({ length: Math.min(most, colors * sizes) }, (_, index) => ({
    ...variantOf(number, index + 1, random),
    ...prices,
    color: COLORS[(firstColor + Math.floor(index / sizes)) % COLORS.length] ?? '',
    size: single ? '' : (SIZES[index % sizes] ?? ''),
  }));
}

type VariantFacts = Omit<MadeVariant, 'price' | 'compareAt' | 'color' | 'size'>;

function variantOf(number: number, place: number, random: () => number): VariantFacts {
  return {
    sku: random() < 0.01 ? '' : `${number % 7 === 0 ? '000' : 'FW-'}${number}-${place}`,
    onHand: random() < 0.12 ? 0 : 1 + Math.floor(random() * 80),
    gtin: random() < 0.3 ? '' : gtin(number * 32 + place),
    mpn: random() < 0.5 ? '' : `MP${number}${place}`,
    grams: 150 + Math.floor(random() * 900),
  };
}

/** A valid GTIN-13 in the German range. */
function gtin(number: number): string {
  const digits = `40${String(number % 10 ** 10).padStart(10, '0')}`;
  let sum = 0;
  for (let place = 0; place < 12; place++) sum += Number(digits[place]) * (place % 2 === 0 ? 1 : 3);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function pick(from: readonly string[], random: () => number): string {
  return from[Math.floor(random() * from.length)] ?? '';
}

/** Mulberry32 started from the seed of the catalog and a number. */
function randomFrom(number: number): () => number {
  let state = (Math.imul(number + 1, 0x9e3779b1) ^ SEED) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface TextFile {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** A file that is written piece by piece, at the pace of the disk. */
export function textFile(file: string): TextFile {
  const stream = createWriteStream(file, { highWaterMark: 256 * 1024 });
  return {
    async write(text) {
      if (!stream.write(text)) await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
    },
    async end() {
      stream.end();
      await finished(stream);
    },
  };
}
