import type { JsonObject } from '../domain/json.js';

/** The listing that groups variants of one product on a channel and is itself not for sale, in the mapping's short form. */
export interface ParentListing {
  /** The merchant's own name of it: among the SKUs of a channel it must be nobody else's. */
  readonly sku: string;
  readonly attributes: JsonObject;
}

/**
 * What a change does to a listing's place in its family. `set`: it joins its parent, which is there; `keep`: its place is not
 * touched; `bare`: it is sent without one, for its parent is not there yet; `unset`: it leaves its family.
 */
export type FamilyLink = 'set' | 'keep' | 'bare' | 'unset';

/** The family half of a change. */
export interface FamilyChange {
  readonly link: FamilyLink;
  /** Attributes the listing was sent with last and has no longer; for channels where a change does not replace the whole. */
  readonly gone: readonly string[];
}
