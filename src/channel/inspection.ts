import type { Issue } from '../domain/issue.js';
import type { JsonObject } from '../domain/json.js';
import type { Money } from '../domain/money.js';
import type { AuditContext } from './audit-context.js';

/** Something of a listing that stands on the network: a picture, or the page shoppers land on. */
export interface Sight {
  readonly kind: 'image' | 'page';
  /** Absolute http or https address. */
  readonly url: string;
}

/** Why a sight could not be looked at. `private`: its host is this machine or the network around it. */
export type SightFailure = 'private' | 'unreachable' | 'too_many_redirects';

/** What was seen. A failed look is a fact of its own, never an empty one. */
export type SightFacts = ImageFacts | PageFacts;

interface Reply {
  /** Status of the answer; null: there was none, `failure` says why. */
  readonly status: number | null;
  readonly failure: SightFailure | null;
}

/** A picture as far as its first bytes tell. */
export interface ImageFacts extends Reply {
  readonly kind: 'image';
  /** `jpeg`, `png`, `gif`, `webp`, `bmp`, `tiff` or another kind of picture, read from the bytes; null: no picture. */
  readonly type: string | null;
  /** Pixels; null: the first bytes do not tell. */
  readonly width: number | null;
  readonly height: number | null;
  /** Size of the whole file; null: the server does not say. */
  readonly bytes: number | null;
  /** Mark of the bytes that were read; absent: no picture was seen yet. A failed look keeps the last one. */
  readonly mark?: string;
  /** Mark of the first picture seen under this address. Another one than `mark`: the picture was replaced and its address was not. */
  readonly firstMark?: string;
}

/** What a page offers, in its structured data. */
export interface PageFacts extends Reply {
  readonly kind: 'page';
  /** Where the answer came from when the address leads elsewhere; absent: from the address itself, or there was no answer. */
  readonly redirectedTo?: string;
  readonly offers: readonly PageOffer[];
}

/** One offer of a page; what it does not say is null. */
export interface PageOffer {
  readonly sku: string | null;
  readonly price: Money | null;
  /** Schema.org's word in snake_case: `in_stock`, `out_of_stock`, `pre_order`, `back_order`. */
  readonly availability: string | null;
}

/** A connector that has something to say about what stands on the network. Both halves are pure; the engine fetches, when the operator wants it. */
export interface Inspection {
  /** What to look at for a listing. */
  sights(attributes: JsonObject): readonly Sight[];
  /** What is wrong, given what was seen; sights that were not looked at yet are missing in `seen`. */
  judge(
    attributes: JsonObject,
    seen: ReadonlyMap<string, SightFacts>,
    context: AuditContext,
  ): readonly Issue[];
}

/** What the operator lets the house look at on the network, and how much of it. */
export interface InspectLimits {
  /** Sizes and types of pictures. */
  readonly images: boolean;
  /** Price and availability on the pages shoppers land on. */
  readonly pages: boolean;
  /** Fetches per day and channel. */
  readonly perDay: number;
  /** Fetches per second; the shop serves them beside its shoppers. */
  readonly perSecond: number;
}

/** Enough for 2,000 pictures a night at an unhurried pace. */
export const INSPECT_LIMITS: Pick<InspectLimits, 'perDay' | 'perSecond'> = { perDay: 2_000, perSecond: 2 };
