import type { JsonObject } from '../domain/json.js';

/** Channels that call us when a listing changes. What they say is a hint where to look, never a fact. */
export interface NotificationPort {
  /** SKUs a call is about; null: it is not a call of this channel, or not about this account and market. Pure. */
  skusIn(body: JsonObject): readonly string[] | null;
}
