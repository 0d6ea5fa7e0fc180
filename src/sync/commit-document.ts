import type { FeedPort, FeedWriter, WrittenFeed } from '../channel/feed-port.js';
import { InvariantError } from '../domain/errors.js';
import { type Instant, plusMs } from '../domain/instant.js';
import type { ChannelDesk } from './channel-desk.js';
import { tellDocumentFindings } from './document-findings.js';
import { keepDocument } from './feed-document.js';

/** A composed document about to be switched to. */
export interface ReadyDocument {
  readonly feed: FeedPort;
  readonly writer: FeedWriter;
  readonly begun: { readonly at: Instant; readonly key: string };
  /** Items that were written into it. */
  readonly items: number;
}

/** Switches to a composed document and keeps what it is, so that its report is asked for, and tells what was found while it was written. */
export async function commitDocument(
  desk: ChannelDesk,
  ready: ReadyDocument,
): Promise<WrittenFeed & { readonly key: string; readonly at: Instant }> {
  const { feed, begun } = ready;
  const channel = desk.kit.channel.id;
  const written = await ready.writer.commit();
  const at = desk.clock.now();
  await keepDocument(desk.database, {
    channel,
    feed_key: begun.key,
    document: written.document ?? null,
    location: written.location,
    items: written.items,
    begun_at: begun.at,
    committed_at: at,
    look_at: feed.report ? plusMs(at, desk.settleAfterMs) : null,
  });
  await tellDocumentFindings(desk, written.issues ?? []);
  if (written.items !== ready.items)
    throw new InvariantError(
      `${channel}: ${ready.items} items were written into the document, but it counts ${written.items}`,
    );
  return { ...written, key: begun.key, at };
}
