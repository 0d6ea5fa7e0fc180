/** What a webhook can be told, and what each means. Written by the database when it happens; see the migration of the outgoing webhooks. */
const TABLE = {
  'order.received': 'an order came from a channel',
  'order.open': 'the channel says an order is paid and to be shipped',
  'order.partially-shipped': 'the channel says part of an order was shipped',
  'order.shipped': 'the channel says an order was shipped',
  'order.cancelled': 'the channel says an order was cancelled',
  'order.placed': 'an order was placed in the shop',
  'order.exception': 'an order needs a person',
  'shipment.accepted': 'the channel took a parcel',
  'shipment.rejected': 'the channel refused a parcel',
  'problem.raised': 'something needs a person, or heals by itself',
  'problem.cleared': 'a problem is gone',
  'import.merged': 'an import is in the catalog',
  'import.held': 'an import is held for a person',
  'import.failed': 'an import failed; the catalog is as it was',
  'mapping.published': 'a version of a mapping was published',
  'channel.paused': 'nothing is sent to a channel any more',
  'channel.resumed': 'a channel works again',
} as const;

/** One of them. */
export type EventKind = keyof typeof TABLE;

/** All of them, in the order of the documentation. */
export const EVENT_KINDS = Object.keys(TABLE) as readonly EventKind[];

/** What a kind means: "an order came from a channel". */
export function saysOfEvent(kind: EventKind): string {
  return TABLE[kind];
}
