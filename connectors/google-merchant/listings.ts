import type { ListingChange, ListingPort, Receipt, Submission } from '../../src/channel/connector.js';
import type { JsonObject } from '../../src/domain/json.js';
import { callFailure, conditionOf, readGoogleError } from './failures.js';
import { type Encoded, encodeListing, encodeOffer, OFFER_MASK } from './listing-form.js';
import { type ListingTools, sendBatch } from './listing-tools.js';
import type { NestedCall, NestedReply } from './multipart.js';
import { observe } from './observe.js';
import { offerIdProblem, pathName, tildeName } from './product-name.js';
import { receiptOf } from './receipts.js';
import type { MarketKey } from './settings.js';
import { settle } from './settle.js';
import { submissionId } from './submission-mark.js';

/** Inserts, patches and deletes product inputs; verdicts come from the processed products. */
export function listingPort(tools: ListingTools): ListingPort {
  return {
    submit: (changes) => submit(changes, tools),
    settle: (pending) => settle(pending, tools),
    observe: (cursor) => observe(cursor, tools),
  };
}

async function submit(changes: readonly ListingChange[], tools: ListingTools): Promise<Submission> {
  if (changes.length === 0) return { id: null, receipts: [] };
  const dataSource = await tools.dataSource.name();
  const calls = new Map<string, NestedCall>();
  const refused: Receipt[] = [];
  for (const change of changes) {
    const made = callFor(change, dataSource, tools);
    if ('outcome' in made) refused.push(made);
    else calls.set(change.sku, made);
  }
  if (calls.size === 0) return { id: null, receipts: refused };
  const { replies, date } = await sendBatch(calls, 'products-write', tools);
  const inserted = await insertUnknownOffers(changes, replies, { dataSource, tools });
  const sent = changes.filter((change) => calls.has(change.sku));
  const now = tools.host.clock.now();
  const receipts = sent.map((change) =>
    receiptOf(change, inserted.get(change.sku) ?? replies.get(change.sku), {
      externalId: tildeName(tools.market, change.sku),
      now,
    }),
  );
  heedDataSource(receipts, replies, tools);
  return { id: submissionId(date, sent), receipts: [...refused, ...receipts] };
}

/** The call for a change, or the receipt that says why there is none. */
function callFor(change: ListingChange, dataSource: string, tools: ListingTools): NestedCall | Receipt {
  const problem = offerIdProblem(change.sku);
  if (problem !== null) return badSku(change.sku, problem);
  const target = { pathName: pathName(tools.market, change.sku), dataSource };
  if (change.action === 'remove') return tools.client.deleteInput(target);
  const encoded =
    change.action === 'offer' ? encodeOffer(change.attributes) : encodeListing(change.attributes);
  if (!encoded.fits) return { sku: change.sku, outcome: 'rejected', issues: encoded.issues };
  return change.action === 'offer'
    ? tools.client.patchInput(target, OFFER_MASK, { productAttributes: encoded.productAttributes })
    : tools.client.insertInput(dataSource, inputOf(change, encoded, tools.market));
}

function inputOf(
  change: ListingChange,
  encoded: Encoded & { readonly fits: true },
  market: MarketKey,
): JsonObject {
  return {
    offerId: change.sku,
    ...market,
    versionNumber: String(change.version),
    productAttributes: encoded.productAttributes,
    ...(encoded.customAttributes.length === 0 ? {} : { customAttributes: encoded.customAttributes }),
  };
}

function badSku(sku: string, message: string): Receipt {
  const advice = 'Give the variant another SKU; Google uses it as the id of the product.';
  return {
    sku,
    outcome: 'rejected',
    issues: [
      { severity: 'error', code: 'sku_not_possible', attribute: 'id', origin: 'ours', message, advice },
    ],
  };
}

/** A patch of a product Google does not have becomes a full insert; the change carries the whole listing for that. */
async function insertUnknownOffers(
  changes: readonly ListingChange[],
  replies: ReadonlyMap<string, NestedReply>,
  { dataSource, tools }: { readonly dataSource: string; readonly tools: ListingTools },
): Promise<ReadonlyMap<string, NestedReply>> {
  const calls = new Map<string, NestedCall>();
  for (const change of changes) {
    const reply = replies.get(change.sku);
    if (change.action !== 'offer' || !isUnknownProduct(reply)) continue;
    const call = callFor({ ...change, action: 'upsert' }, dataSource, tools);
    if (!('outcome' in call)) calls.set(change.sku, call);
  }
  return calls.size === 0 ? NONE : (await sendBatch(calls, 'products-write', tools)).replies;
}

function isUnknownProduct(reply: NestedReply | undefined): boolean {
  return reply?.status === 404 && conditionOf(404, readGoogleError(reply.body)) !== 'data_source_missing';
}

const NONE: ReadonlyMap<string, NestedReply> = new Map();

/** A data source that is gone: ours is looked up again; one the operator named is the operator's to correct. */
function heedDataSource(
  receipts: readonly Receipt[],
  replies: ReadonlyMap<string, NestedReply>,
  tools: ListingTools,
): void {
  const lost = receipts.find(
    (receipt) => receipt.outcome === 'retry' && receipt.code === 'data_source_not_found',
  );
  if (lost === undefined) return;
  tools.dataSource.forget();
  const reply = replies.get(lost.sku);
  if (tools.dataSource.configured && reply !== undefined) {
    throw callFailure(reply, 'products batch', tools.host.clock.now());
  }
}
