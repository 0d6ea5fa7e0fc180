import { createHash } from 'node:crypto';
import { gtinDigits, gtinProblem } from '../../domain/gtin.js';

/** What became of a code that the merchant gave as GTIN, EAN, UPC, ISBN or barcode. */
export interface CodeReading {
  readonly gtin?: string;
  readonly merchantCode?: string;
  /** Why it is not taken as a GTIN. */
  readonly problem?: string;
}

/** A valid GTIN, or the code kept as the merchant's own with the reason. */
export function readCode(text: string): CodeReading {
  const digits = gtinDigits(text);
  const problem = gtinProblem(digits);
  return problem === null ? { gtin: digits } : { merchantCode: text, problem };
}

/**
 * A SKU for a variant that has none: the product's id and 8 letters worked out of the id and the options, so that the
 * next import of the same variant gives the same one. The order of the options does not matter.
 */
export function generatedSku(productId: string, options: Readonly<Record<string, string>>): string {
  const named = Object.keys(options)
    .sort()
    .map((name) => `${name}=${options[name]}`);
  return `${productId}-${eightLetters([productId, ...named].join('\u0000'))}`;
}

/** The same from the source's own id of the variant, which stays when options are renamed. */
export function generatedSkuFromId(productId: string, variantId: string): string {
  return `${productId}-${eightLetters(`${productId}\u0000#${variantId}`)}`;
}

/** Code of the complaint about a variant without a SKU. */
export const SKU_GENERATED = 'sku_generated';

/** What the merchant is told about a variant whose SKU was made. */
export function generatedSkuReason(sku: string): string {
  return `No SKU: the variant goes by the made SKU "${sku}", the same in every import while its product's id and its own options or id stay. Give it a SKU of its own.`;
}

function eightLetters(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 8);
}
