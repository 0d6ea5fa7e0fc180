import type { AttributeValue, SourceVariant, StockReading } from '../../domain/product.js';
import type { Intake } from './intake.js';
import { generatedSku } from './variant-codes.js';

/** A type whose members may still be filled in. */
export type Draft<T> = { -readonly [Name in keyof T]: T[Name] };

/**
 * Checks the variants of one product: a second row with the same SKU is rejected, a missing SKU is made from the
 * product's id and the options.
 */
export class VariantList {
  readonly variants: SourceVariant[] = [];
  readonly #skus = new Set<string>();
  readonly #productId: string;

  constructor(productId: string) {
    this.#productId = productId;
  }

  /** Adds a variant; its rows are counted as rejected when the SKU was there before. */
  add(intake: Intake, variant: SourceVariant, line: number): void {
    const options = variant.content.options ?? {};
    const given = variant.sku;
    const sku = given ?? generatedSku(this.#productId, options);
    if (this.#skus.has(sku)) {
      const reason =
        given === undefined
          ? `${this.#productId} has a second variant without SKU and with the same options. Give both a SKU.`
          : `The SKU "${sku}" stands in this product more than once; only the first row is imported.`;
      intake.reject({ line, key: sku }, 'sku_twice', reason);
      return;
    }
    this.#skus.add(sku);
    this.variants.push({
      ...variant,
      sku,
      content: given === undefined ? { ...variant.content, skuGenerated: true } : variant.content,
      line,
    });
  }
}

/** Collects free attributes under names that are safe as members; empty text is nothing. */
export class AttributeList {
  #values: Record<string, AttributeValue> | undefined;

  set(name: string, value: AttributeValue | undefined): void {
    if (value === undefined || value === '') return;
    this.#values ??= {};
    this.#values[name] = value;
  }

  /** The attributes, or nothing when there are none. */
  get values(): Readonly<Record<string, AttributeValue>> | undefined {
    return this.#values;
  }
}

/** `Google Shopping / Age Group` → `google_shopping_age_group`: the name of a free attribute. */
export function attributeName(column: string): string {
  return column
    .trim()
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** Completes a relative address with the source's base; other addresses stay as they are. */
export function fullAddress(intake: Intake, text: string): string {
  const base = intake.source.baseUrl;
  if (base === undefined || /^(https?:)?\/\//i.test(text)) return text;
  return `${base.replace(/\/+$/, '')}/${text.replace(/^\/+/, '')}`;
}

/** One reading at the source's location, or nothing when the quantity is unknown. */
export function stockAt(intake: Intake, onHand: number | undefined): readonly StockReading[] | undefined {
  return onHand === undefined ? undefined : [{ location: intake.location, onHand }];
}
