import { OperatorError } from '../../domain/errors.js';
import type { AttributeValue, SourceVariant, StockReading } from '../../domain/product.js';
import type { Intake } from './intake.js';
import { generatedSku, generatedSkuReason, SKU_GENERATED } from './variant-codes.js';

/** A type whose members may still be filled in. */
export type Draft<T> = { -readonly [Name in keyof T]: T[Name] };

/** Ten times what the largest shop platform allows (Shopify: 2,048 variants of a product; verified 2026-11). Ours. */
const MOST_VARIANTS = 20_000;
/** Places one variant may be counted at. Ours. */
const MOST_LOCATIONS = 1_000;

/**
 * The variants of one product while its rows are read. A missing SKU is made from the product's id and the options, and
 * reported. A second row with the same SKU and the same options brings stock at a further location, or is rejected; one with other
 * options is another variant that must not be lost: it is kept under a made SKU, and reported. A product is held whole until its last row, so
 * one without end is refused: `OperatorError` `source_product_too_large`.
 */
export class VariantList {
  readonly variants: SourceVariant[] = [];
  readonly #places = new Map<string, number>();
  readonly #productId: string;

  constructor(productId: string) {
    this.#productId = productId;
  }

  /** Adds the variant of a row. */
  add(intake: Intake, variant: SourceVariant, line: number): void {
    const options = variant.content.options ?? {};
    const made = variant.sku === undefined;
    const sku = variant.sku ?? generatedSku(this.#productId, options);
    const before = this.variants[this.#places.get(sku) ?? -1];
    if (before === undefined) {
      this.#keep(variant, { sku, made, line });
      if (made || variant.content.skuGenerated === true)
        intake.warn({ line, key: sku }, SKU_GENERATED, generatedSkuReason(sku));
    } else if (sameOptions(before, variant)) this.#again(intake, { ...variant, sku }, line);
    else this.#otherVariant(intake, { ...variant, sku }, line);
  }

  #keep(
    variant: SourceVariant,
    as: { readonly sku: string; readonly made: boolean; readonly line: number },
  ): void {
    if (this.variants.length >= MOST_VARIANTS) throw tooManyVariants(this.#productId, as.line);
    this.#places.set(as.sku, this.variants.length);
    const content = as.made ? { ...variant.content, skuGenerated: true } : variant.content;
    this.variants.push({ ...variant, sku: as.sku, content, line: as.line });
  }

  #again(intake: Intake, variant: SourceVariant & { readonly sku: string }, line: number): void {
    const place = this.#places.get(variant.sku) ?? -1;
    const before = this.variants[place];
    const known = before?.stock ?? [];
    const further = (variant.stock ?? []).filter(
      (one) => !known.some((other) => other.location === one.location),
    );
    if (before !== undefined && known.length > 0 && known.length < MOST_LOCATIONS && further.length > 0) {
      this.variants[place] = { ...before, stock: [...known, ...further] };
      return;
    }
    intake.reject(
      { line, key: variant.sku },
      'sku_twice',
      before?.content.skuGenerated === true
        ? `${this.#productId} has a second variant without SKU and with the same options. Give both a SKU.`
        : `The SKU "${variant.sku}" stands in this product more than once; only the first row is imported.`,
    );
  }

  #otherVariant(intake: Intake, variant: SourceVariant & { readonly sku: string }, line: number): void {
    const sku = generatedSku(variant.sku, variant.content.options ?? {});
    if (this.#places.has(sku)) {
      this.#again(intake, { ...variant, sku }, line);
      return;
    }
    this.#keep(variant, { sku, made: true, line });
    intake.warn(
      { line, key: variant.sku },
      'sku_shared',
      `The SKU "${variant.sku}" belongs to another variant of this product; this one is kept under the made SKU "${sku}". Give each variant a SKU of its own.`,
    );
  }
}

function tooManyVariants(productId: string, line: number): OperatorError {
  return new OperatorError(
    'source_product_too_large',
    `The product "${productId.slice(0, 100)}" has more than ${MOST_VARIANTS} variants by line ${line}.`,
    'Most likely the column that names the product is the same in every row. Nothing was changed.',
  );
}

function sameOptions(a: SourceVariant, b: SourceVariant): boolean {
  const left = a.content.options ?? {};
  const right = b.content.options ?? {};
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name]);
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
