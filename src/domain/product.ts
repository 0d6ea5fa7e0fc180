import type { Instant } from './instant.js';
import type { Measure } from './measure.js';
import type { Money } from './money.js';

/** A free attribute of a product or variant. One name has one type over the whole catalog. */
export type AttributeValue = string | number | boolean | Money | Measure | readonly string[];

/** Free attributes by name. Always read with `Object.hasOwn`; the importer drops names such as `__proto__`. */
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Texts of a product in one language. */
export interface Texts {
  readonly title?: string;
  readonly description?: string;
  readonly slug?: string;
}

/** A picture, video or document of a product. */
export interface Media {
  readonly url: string;
  /** `image`, `video`, `model`. */
  readonly kind: string;
  readonly alt?: string;
  readonly width?: number;
  readonly height?: number;
}

/** `active` may be listed; `draft` is not finished; `archived` is no longer sold; `ended` vanished from its source. */
export type Status = 'active' | 'draft' | 'archived' | 'ended';

/** How new the goods are. */
export type Condition = 'new' | 'refurbished' | 'used';

/**
 * What shoppers call one thing. Absent members are nothing: the merchant did not say. Stored as JSON, so every member
 * is plain data. `title`, `description` and friends are in the catalog's own language; others are in `translations`.
 */
export interface Product {
  /** The merchant's id of the product (handle, parent SKU), unique in the catalog. */
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly brand?: string;
  readonly type?: string;
  readonly status: Status;
  readonly condition?: Condition;
  readonly link?: string;
  readonly seoTitle?: string;
  readonly seoDescription?: string;
  /** Paths with ` > ` between the levels, most specific first where the source says so. */
  readonly categories?: readonly string[];
  readonly tags?: readonly string[];
  readonly images?: readonly string[];
  readonly media?: readonly Media[];
  readonly createdAt?: Instant;
  readonly updatedAt?: Instant;
  readonly attributes?: Attributes;
  /** By language tag, lower case (`de`, `pt-br`). */
  readonly translations?: Readonly<Record<string, Texts>>;
  /** Worked out over all variants when the product is written, so that nothing walks siblings later. */
  readonly summary?: ProductSummary;
}

/** Facts over all variants of a product that are not ended. */
export interface ProductSummary {
  readonly variantCount: number;
  readonly optionValues: Readonly<Record<string, readonly string[]>>;
  readonly priceFrom?: Money;
  readonly priceTo?: Money;
}

/** Units of another SKU that go into one unit of a bundle. */
export interface Component {
  readonly sku: string;
  /** Whole units, 1 at least. */
  readonly quantity: number;
}

/** The slowly changing part of a variant. */
export interface VariantContent {
  readonly title?: string;
  /** Valid GTIN digits (8, 12, 13 or 14) only; a doubtful code is kept in `merchantCode`. */
  readonly gtin?: string;
  /** A code the merchant gave as a GTIN that failed the check digit or prefix rules. Never sent as a GTIN. */
  readonly merchantCode?: string;
  readonly mpn?: string;
  readonly status?: Status;
  readonly link?: string;
  readonly originCountry?: string;
  readonly hsCode?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly images?: readonly string[];
  readonly weight?: Measure;
  readonly length?: Measure;
  readonly width?: Measure;
  readonly height?: Measure;
  readonly attributes?: Attributes;
  /**
   * What it is made of, for a bundle: it has no stock of its own then, whatever its source counts. Empty: the source says that it is a bundle, but
   * not understandably of what.
   */
  readonly components?: readonly Component[];
  /** True when the source had no SKU and we made a stable one from the product and the options. */
  readonly skuGenerated?: boolean;
}

/** A price in a list: for a country, a customer group or one store; without them it is the general one. */
export interface ListPrice extends Money {
  readonly country?: string;
  readonly group?: string;
  readonly store?: string;
}

/** What happens at zero stock. */
export type StockPolicy = 'deny' | 'backorder' | 'preorder';

/** The quickly changing part of a variant: prices and the rules of its stock (the quantities have tables of their own). */
export interface VariantOffer {
  readonly price?: Money;
  readonly compareAtPrice?: Money;
  readonly salePrice?: Money;
  readonly saleFrom?: Instant;
  readonly saleTo?: Instant;
  readonly cost?: Money;
  readonly prices?: readonly ListPrice[];
  readonly policy?: StockPolicy;
  readonly leadDays?: number;
  readonly restockAt?: Instant;
  /** False: the merchant does not count this variant; it is always available. Absent: unknown. */
  readonly tracked?: boolean;
}

/** Units counted at one location by whoever owns the count. */
export interface StockReading {
  readonly location: string;
  readonly onHand: number;
  /** When the count was taken, where readings of one source differ in that. Absent: with the source as a whole. */
  readonly asOf?: Instant;
}

/** One sellable thing, as a reader hands it to the import. `sku` is missing when the source has none. */
export interface SourceVariant {
  readonly sku?: string;
  readonly content: VariantContent;
  readonly offer: VariantOffer;
  /** Absent: the source says nothing about stock (unknown), which is not the same as zero. */
  readonly stock?: readonly StockReading[];
  /** Where the variant stands in its source, for messages. */
  readonly line?: number;
}

/** A product with its variants, as a reader or a storefront hands it to the import. */
export interface SourceProduct {
  readonly product: Product;
  readonly variants: readonly SourceVariant[];
  readonly line?: number;
}
