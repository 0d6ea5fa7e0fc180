/** When the lane for loads is taken, and what it carries. */
export interface BulkLimits {
  /** More listings than this due in one round go as documents; fewer go one by one. */
  readonly above: number;
  /** Most changes in one document. */
  readonly items: number;
  /** Most bytes of all changes of one document together, counted by `bytesOf`. */
  readonly bytes: number;
  /** How long a document may stay without a verdict: well above the channel's worst processing time. */
  readonly patienceMs: number;
}

/**
 * Code of a receipt: the channel did not take the document as a whole, and no item says why. The changes go one by one next time, so that
 * one bad item is found and does not stain the others.
 */
export const DOCUMENT_REFUSED = 'document_refused';
