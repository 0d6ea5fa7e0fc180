import type { Issue } from '../domain/issue.js';
import type { JsonObject, JsonValue } from '../domain/json.js';

/** What a mapping made of a variant, as far as impact compares it. */
export type Seen =
  | { readonly state: 'excluded'; readonly reason: string }
  | {
      readonly state: 'listed' | 'blocked';
      readonly attributes: JsonObject;
      readonly issues: readonly Issue[];
    };

/** Where a variant belongs; each variant counts once, so that the numbers add up to the catalog. */
export interface ImpactTotals {
  /** Was and stays a listing, with another value. */
  changed: number;
  /** Was not listed and is. */
  appears: number;
  /** Was a listing, live or blocked, and is not any more. */
  vanishes: number;
  /** Was listed, or left out, and now has errors. */
  newlyBlocked: number;
  /** Had errors and has none. */
  fixed: number;
  unchanged: number;
}

/** An attribute of one SKU before and after; absent: the attribute is not there. */
export interface ImpactSample {
  readonly sku: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** Equal changes of an attribute, folded. */
export interface ImpactKind {
  /** `“,” is gone`, `lower price`, `other changes`. */
  readonly kind: string;
  readonly count: number;
  readonly samples: readonly ImpactSample[];
}

/** Changes of one attribute by one rule. */
export interface AttributeImpact {
  readonly attribute: string;
  /** The rule that set the new value; null: the attribute's own expression, or nothing did. */
  readonly rule: string | null;
  readonly changed: number;
  /** The commonest first. */
  readonly kinds: readonly ImpactKind[];
}

/** Variants that share a reason or an issue. */
export interface ReasonImpact {
  readonly reason: string;
  /** The attribute an issue is about. */
  readonly attribute?: string;
  readonly count: number;
  readonly skus: readonly string[];
}

/** One listing a draft changes, whole: what the download of an impact tells line by line. */
export interface ListingImpact {
  readonly sku: string;
  readonly what: Exclude<keyof ImpactTotals, 'unchanged'>;
  /** Why it vanishes, appears, is blocked or was. */
  readonly reasons: readonly string[];
  readonly attributes: readonly (Omit<ImpactSample, 'sku'> & {
    readonly attribute: string;
    readonly rule: string | null;
  })[];
}

/** Everything counted so far. */
export interface ImpactCounts {
  readonly totals: Readonly<ImpactTotals>;
  readonly attributes: readonly AttributeImpact[];
  /** Why variants vanish, as the draft says it. */
  readonly vanishing: readonly ReasonImpact[];
  /** Why variants that appear were left out. */
  readonly appearing: readonly ReasonImpact[];
  readonly blocking: readonly ReasonImpact[];
  readonly fixing: readonly ReasonImpact[];
  /** Listings the channel reviews again because of a change, and the attributes it does so for; null: none. */
  readonly reviewed: { readonly listings: number; readonly attributes: readonly string[] } | null;
}
