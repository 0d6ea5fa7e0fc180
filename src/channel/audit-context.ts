import type { ChannelFacts } from '../domain/channel-facts.js';
import type { Instant } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';

/** What an audit may know besides the listing. */
export interface AuditContext {
  readonly channel: ChannelFacts;
  readonly now: Instant;
  /** The listing's SKU; absent where a listing is looked at by itself. */
  readonly sku?: string;
  /** The channel's settings; absent: rules that need one stay silent. */
  readonly settings?: JsonObject;
}
