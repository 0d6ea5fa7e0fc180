import type { JsonObject } from '../../src/domain/json.js';

/** Turns listings into the text of one format. */
export interface FeedEncoder {
  readonly head: string;
  readonly tail: string;
  /** One item, with its line end. */
  item(sku: string, attributes: JsonObject): string;
}
