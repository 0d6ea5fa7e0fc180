import type { ListingChange, Receipt } from '../../../src/channel/connector.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { callFailure, classOf } from '../failures.js';
import { encodeListing } from '../listing-form.js';
import type { ListingTools } from '../listing-tools.js';
import type { NestedCall, NestedReply } from '../multipart.js';
import { deleteInput, insertInput } from '../product-calls.js';
import { offerIdProblem, pathName, tildeName } from '../product-name.js';
import { receiptOf } from '../receipts.js';
import { sendByLane } from '../send-by-lane.js';
import type { Supplement } from './supplement-source.js';

/** What is left to be sent to the primary source. */
export interface Supplemented {
  /** The changes without the attributes of the supplement. */
  readonly changes: readonly ListingChange[];
  /** Receipts of listings whose supplement did not get through; nothing else of them is sent. */
  readonly stopped: readonly Receipt[];
}

/**
 * Sends the supplements of inserts and removals. They go before the primary inputs, because a verdict is read from the primary
 * input's version: what breaks off in between is sent again as a whole. Changes of price and stock have no supplement. Throws
 * ChannelError when the call as a whole failed.
 */
export async function sendSupplements(
  changes: readonly ListingChange[],
  tools: ListingTools,
): Promise<Supplemented> {
  const { supplement } = tools;
  const concerned = changes.filter(({ action, sku }) => action !== 'offer' && offerIdProblem(sku) === null);
  if (supplement === null || concerned.length === 0) return { changes, stopped: [] };
  const source = await supplement.name();
  const calls = new Map<string, NestedCall>();
  const stopped = new Map<string, Receipt>();
  for (const change of concerned) {
    const made = supplementCall(change, source, { supplement, tools });
    if ('outcome' in made) stopped.set(change.sku, made);
    else calls.set(change.sku, made);
  }
  const answers = await sendByLane(concerned, calls, tools);
  heed(answers.replies, supplement, tools);
  for (const change of concerned) {
    if (!calls.has(change.sku)) continue;
    const receipt = answers.waiting.get(change.sku) ?? outcomeOf(change, answers.replies, tools);
    if (receipt !== null) stopped.set(change.sku, receipt);
  }
  return {
    changes: changes.filter(({ sku }) => !stopped.has(sku)).map((change) => stripped(change, supplement)),
    stopped: [...stopped.values()],
  };
}

/** An input that would be empty is deleted, so that nothing of an earlier one stays. Supplements have no version number. */
function supplementCall(
  { sku, action, attributes }: ListingChange,
  dataSource: string,
  { supplement, tools }: { readonly supplement: Supplement; readonly tools: ListingTools },
): NestedCall | Receipt {
  const { client, market } = tools;
  const own = part(attributes, (name) => supplement.attributes.has(name));
  if (action === 'remove' || Object.keys(own).length === 0)
    return deleteInput(client, { pathName: pathName(market, sku), dataSource });
  const encoded = encodeListing(own);
  if (!encoded.fits) return { sku, outcome: 'rejected', issues: encoded.issues };
  const { productAttributes, customAttributes } = encoded;
  return insertInput(client, dataSource, {
    offerId: sku,
    ...market,
    productAttributes,
    ...(customAttributes.length === 0 ? {} : { customAttributes }),
  });
}

/**
 * Nothing when the supplement is where it should be; one that is gone already is as good as deleted. A removal never waits for its
 * supplement: one left behind makes no product.
 */
function outcomeOf(
  change: ListingChange,
  replies: ReadonlyMap<string, NestedReply>,
  { market, host }: ListingTools,
): Receipt | null {
  if (change.action === 'remove') return null;
  const reply = replies.get(change.sku);
  if (reply?.status === 404 && classOf(reply).name === 'gone') return null;
  const externalId = tildeName(market, change.sku);
  const receipt = receiptOf(change, reply, { externalId, now: host.clock.now() });
  if (receipt.outcome === 'accepted') return null;
  // The primary input was not sent, so there is nothing to wait for: it is all sent again.
  return receipt.outcome === 'ambiguous'
    ? { sku: change.sku, outcome: 'retry', code: receipt.code }
    : receipt;
}

function stripped(change: ListingChange, { attributes }: Supplement): ListingChange {
  return { ...change, attributes: part(change.attributes, (name) => !attributes.has(name)) };
}

function part(attributes: JsonObject, wanted: (name: string) => boolean): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) => value !== undefined && value !== null && wanted(name),
    ),
  );
}

/** A source Google refuses is looked up again; one the operator named stops the channel. */
function heed(
  replies: ReadonlyMap<string, NestedReply>,
  supplement: Supplement,
  { host }: ListingTools,
): void {
  const lost = [...replies.values()].find(
    (reply) => reply.status >= 400 && classOf(reply).code.startsWith('data_source_'),
  );
  if (lost === undefined) return;
  supplement.forget();
  if (supplement.configured) throw callFailure(lost, 'products batch', host.clock.now());
}
