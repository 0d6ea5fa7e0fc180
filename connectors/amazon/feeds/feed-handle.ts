import { InvariantError } from '../../../src/domain/errors.js';

/** How far a feed is followed. */
export interface FeedPlace {
  readonly feedId: string;
  /** Its report was read at this time (milliseconds since 1970); listings from this place on are read back next. Null: not yet. */
  readonly read: { readonly atMs: number; readonly from: number } | null;
}

/** A place as the handle of a submission: `feed:50001`, later `feed:50001:read:1795596959448:2000`. Pure. */
export function handleOf({ feedId, read }: FeedPlace): string {
  return read === null ? `feed:${feedId}` : `feed:${feedId}:read:${read.atMs}:${read.from}`;
}

/** The place a handle stands for; null: the feed is not known. Pure. */
export function placeOf(handle: string | null): FeedPlace | null {
  if (handle === null) return null;
  const found = /^feed:([^:]+)(?::read:(\d+):(\d+))?$/.exec(handle);
  if (found?.[1] === undefined) throw new InvariantError(`no handle of a feed: ${handle}`);
  const read = found[2] === undefined ? null : { atMs: Number(found[2]), from: Number(found[3]) };
  return { feedId: found[1], read };
}
