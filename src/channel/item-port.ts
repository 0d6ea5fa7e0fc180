/** An item of a channel's own catalog, whoever described it. */
export interface ChannelItem {
  /** The channel's id of it, such as an ASIN. */
  readonly id: string;
  readonly title: string | null;
  readonly brand: string | null;
}

/** Channels with a catalog of their own, in which a listing may be an offer on an item that is there. */
export interface ItemPort {
  /** The listing attribute that names the item. */
  readonly attribute: string;
  /** Items by code (GTIN of any length, as printed). A code without an item is left out; a failed read throws a ChannelError. */
  find(codes: readonly string[]): Promise<ReadonlyMap<string, readonly ChannelItem[]>>;
}
