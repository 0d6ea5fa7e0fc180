import type { App } from '../app.js';
import { readSource } from '../catalog/read-source.js';
import type { ReadResult, RowError } from '../catalog/readers/reader.js';
import type { SourceConfig } from '../config/config.js';
import type { JsonObject } from '../domain/json.js';
import type { Product, SourceVariant } from '../domain/product.js';
import type { SourcePreview } from './shapes/setup.js';

/** So many variants and complaints are shown. */
const SHOWN = 100;
/** A preview stops after so many products: what is wrong shows long before. */
const MOST_PRODUCTS = 20_000;
const DEADLINE_MS = 30_000;

type Shown = SourcePreview['sample'][number];

/** Reads a source as an import would, and changes nothing. Throws what an import would throw. */
export async function previewSource(
  app: App,
  source: SourceConfig,
  signal: AbortSignal,
): Promise<SourcePreview> {
  const errors: RowError[] = [];
  const sample: Shown[] = [];
  const report = (error: RowError): void => void (errors.length < SHOWN && errors.push(error));
  const until = AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]);
  const reading = await readSource(source, { report, signal: until, now: app.clock.now(), known: null });
  if (reading === 'not-modified') throw new Error('a source nobody knows cannot be unchanged');
  let products = 0;
  let variants = 0;
  let result: ReadResult | null = null;
  while (products < MOST_PRODUCTS) {
    const next = await reading.next();
    if (next.done === true) {
      result = next.value;
      break;
    }
    for (const { product, variants: own } of next.value) {
      products += 1;
      variants += own.length;
      if (sample.length < SHOWN) sample.push(...own.map((variant) => shown(product, variant)));
    }
  }
  if (result === null) await reading.return(undefined as never);
  return {
    whole: result !== null,
    rows: result?.rows ?? null,
    products,
    variants,
    rejectedRows: result?.rejectedRows ?? null,
    format: result?.format ?? null,
    encoding: result?.encoding ?? null,
    encodingCertain: result?.encodingCertain ?? null,
    delimiter: result?.delimiter ?? null,
    mapping: result?.mapping ?? null,
    sample: sample.slice(0, SHOWN),
    errors: errors.map(({ column, key, ...error }) => ({
      ...error,
      column: column ?? null,
      key: key ?? null,
    })),
  };
}

function shown(product: Product, { sku, content, offer, stock }: SourceVariant): Shown {
  const facts = { content, offer, ...(stock === undefined ? {} : { stock }) } as unknown as JsonObject;
  return { product: product.id, sku: sku ?? '', title: product.title ?? null, facts };
}
