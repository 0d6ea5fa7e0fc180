import type { JsonObject } from '../domain/json.js';

/** Channels that call us when a listing changes. What they say is a hint where to look, never a fact. */
export interface NotificationPort {
  /** SKUs a call is about; null: it is not a call of this channel, or not about this account and market. Pure. */
  skusIn(body: JsonObject): readonly string[] | null;
}

/** A call as it came: its signature is over these bytes. */
export interface SignedCall {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** What a shop's call is about. */
export interface ShopNews {
  /** Orders of the shop that changed, ours or not. */
  readonly storeIds: readonly string[];
  /** Products or stock changed. */
  readonly catalog: boolean;
}

/** Shops that call us when something changes, and sign it. What they say is a hint to look again: the news is read from the shop. */
export interface ShopNewsPort {
  /** What a call is about; null: it does not bear this shop's signature, and nothing of it counts. Pure. */
  newsIn(call: SignedCall): ShopNews | null;
}
