import type { ListingChange } from '../channel/connector.js';
import type { JsonObject } from '../domain/json.js';
import type { ChannelDesk } from './channel-desk.js';
import { type Desired, offerOf } from './desired.js';
import { familyChangeOf, noteSentLinks, readMembers, type SentLink } from './family-links.js';
import type { Prepared } from './intention.js';
import type { ListingRecord } from './listing-record.js';
import type { PlanEntry } from './plan.js';
import { readRecords } from './records.js';
import { priceFirst, priceStepOf } from './restock.js';

/**
 * Recomputes what is to be sent. What no longer fits its plan entry is left to the next plan, and named, so that it is worked out anew and does
 * not come back as due for ever.
 */
export async function prepareChanges(
  desk: ChannelDesk,
  entries: readonly PlanEntry[],
): Promise<{ readonly prepared: Prepared[]; readonly unfit: number[] }> {
  const ids = entries.map((entry) => entry.variantId);
  const records = new Map(
    (await readRecords(desk.database, desk.kit.channel.id, ids)).map((record) => [record.variant_id, record]),
  );
  const upserts = entries.filter((entry) => entry.action !== 'remove').map((entry) => entry.variantId);
  const desired = await desk.desiredOf(upserts);
  const members = await readMembers(desk, upserts);
  const links: SentLink[] = [];
  const prepared: Prepared[] = [];
  const unfit: number[] = [];
  for (const entry of entries) {
    const record = records.get(entry.variantId);
    const fits = record && `${record.content_rev ?? ''}/${record.offer_rev ?? ''}` === entry.revision;
    const attributes = fits ? attributesFor(entry, record, desired.get(entry.variantId)) : null;
    if (!record || attributes === null) {
      unfit.push(entry.variantId);
      continue;
    }
    const member = entry.action === 'upsert' ? members.get(entry.variantId) : undefined;
    const family = familyChangeOf(member, record, attributes);
    const ready = preparedOf(desk, entry, { record, attributes });
    prepared.push(family === null ? ready : { ...ready, change: { ...ready.change, family } });
    if (family !== null)
      links.push({
        variantId: entry.variantId,
        change: family,
        parent: member?.parent ?? null,
        contentRev: record.content_rev,
        names: Object.keys(attributes),
      });
  }
  await noteSentLinks(desk, links);
  return { prepared, unfit };
}

function attributesFor(
  entry: PlanEntry,
  record: ListingRecord,
  desired: Desired | undefined,
): JsonObject | null {
  if (entry.action === 'remove') return {};
  if (desired?.state !== 'listed') return null;
  return desired.contentRev === record.content_rev && desired.offerRev === record.offer_rev
    ? desired.attributes
    : null;
}

/** A restock at another price goes without its quantity until the channel has confirmed the price. */
function preparedOf(
  { kit }: ChannelDesk,
  entry: PlanEntry,
  due: { readonly record: ListingRecord; readonly attributes: JsonObject },
): Prepared {
  const { record, attributes } = due;
  const { withoutStock } = kit.connector;
  const offer = (listing: JsonObject): JsonObject => offerOf(listing, kit.offerAttributes);
  const closed =
    withoutStock && entry.action !== 'remove'
      ? priceFirst(record, { attributes, offerOf: offer }, withoutStock)
      : null;
  if (closed === null) return { record, change: changeOf(entry, record, attributes) };
  return { record, change: changeOf(entry, record, closed), offerRev: priceStepOf(record.offer_rev) };
}

function changeOf(entry: PlanEntry, record: ListingRecord, attributes: JsonObject): ListingChange {
  return {
    sku: record.sku,
    action: entry.action,
    externalId: record.external_id,
    kind: record.kind,
    offerBefore: record.sent_offer === null ? null : (JSON.parse(record.sent_offer) as JsonObject),
    fulfilledBy: record.fulfilled_by,
    pricedBy: record.priced_by,
    attributes,
    version: record.version,
  };
}
