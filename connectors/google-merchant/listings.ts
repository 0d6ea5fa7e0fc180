import type {
  Host,
  ListingChange,
  ListingPort,
  Observed,
  Page,
  PendingSubmission,
  Receipt,
  Settlement,
  Submission,
} from '../../src/channel/connector.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/domain/json.js';
import type { MerchantClient } from './client.js';
import type { DataSource } from './data-source.js';
import { callFailure } from './failures.js';
import {
  canonicalListing,
  decodeListing,
  type Encoded,
  encodeListing,
  encodeOffer,
  OFFER_MASK,
} from './listing-form.js';
import type { NestedCall, NestedReply } from './multipart.js';
import { offerIdProblem, pathName, tildeName } from './product-name.js';
import { productStatus } from './product-status.js';
import { receiptOf } from './receipts.js';
import type { MarketKey } from './settings.js';
import { showsSubmission, submissionId } from './submission-mark.js';

/** What the port works with. */
export interface ListingTools {
  readonly client: MerchantClient;
  readonly dataSource: DataSource;
  readonly market: MarketKey;
  readonly host: Host;
  readonly callsPerMinute: number;
}

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
  const { replies, date } = await send(calls, tools);
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

/** One listing is one call for Google's quotas, inside a batch as outside. */
async function send(
  calls: ReadonlyMap<string, NestedCall>,
  tools: ListingTools,
): Promise<Awaited<ReturnType<MerchantClient['batch']>>> {
  const { host, client, callsPerMinute } = tools;
  const bucket = host.bucket('products', {
    perSecond: callsPerMinute / 60,
    burst: Math.max(1, callsPerMinute / 6),
  });
  for (let call = 0; call < calls.size; call++) await bucket.take(host.signal);
  const answer = await client.batch(calls);
  const [first] = answer.replies.values();
  if (first !== undefined && [...answer.replies.values()].every((reply) => stopsAll(reply, first))) {
    throw callFailure(first, 'products batch', host.clock.now());
  }
  return answer;
}

/** Credentials fail for all parts of a batch at once: that is a failed call, not so many bad listings. */
function stopsAll(reply: NestedReply, first: NestedReply): boolean {
  return reply.status === first.status && [401, 403, 410].includes(reply.status);
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
    if (change.action !== 'offer' || reply?.status !== 404) continue;
    const call = callFor({ ...change, action: 'upsert' }, dataSource, tools);
    if (!('outcome' in call)) calls.set(change.sku, call);
  }
  return calls.size === 0 ? NONE : (await send(calls, tools)).replies;
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

async function settle(pending: PendingSubmission, tools: ListingTools): Promise<Settlement> {
  const source = await tools.dataSource.known();
  const calls = new Map(
    pending.items.map((item) => [item.sku, tools.client.getProduct(pathName(tools.market, item.sku))]),
  );
  const verdicts: Settlement['verdicts'][number][] = [];
  if (calls.size === 0) return { verdicts };
  const { replies } = await send(calls, tools);
  for (const item of pending.items) {
    const reply = replies.get(item.sku);
    const verdict = reply === undefined ? null : verdictOf(item, reply, { pending, source, tools });
    if (verdict !== null) verdicts.push(verdict);
  }
  return { verdicts };
}

interface SettleContext {
  readonly pending: PendingSubmission;
  readonly source: string | null;
  readonly tools: ListingTools;
}

function verdictOf(
  item: PendingSubmission['items'][number],
  reply: NestedReply,
  { pending, source, tools }: SettleContext,
): Settlement['verdicts'][number] | null {
  const { sku, action } = item;
  const product = reply.status === 200 ? parsedObject(reply.body) : null;
  if (action === 'remove') {
    // A product that somebody else's source still holds is no longer ours.
    const gone = reply.status === 404 || (product !== null && product.dataSource !== source);
    return gone ? { sku, outcome: 'removed' } : null;
  }
  if (product === null || product.dataSource !== source) return null;
  if (!showsSubmission(product, item, pending)) return null;
  const { state, issues } = productStatus(product, tools.host.channel.country);
  const externalId = tildeName(tools.market, sku);
  if (state === 'unknown') return null;
  if (state === 'rejected') return { sku, outcome: 'rejected', issues: reasons(issues), externalId };
  return { sku, outcome: 'live', externalId, issues: state === 'pending' ? [...issues, IN_REVIEW] : issues };
}

/**
 * Reviews of new accounts and products take up to three working days. Google has taken the revision over all the same, so
 * later changes need not wait; `observe` reports the product as pending until it is shown.
 */
const IN_REVIEW = {
  severity: 'info',
  code: 'review_pending',
  origin: 'channel',
  message: 'Google is still reviewing the product; it is not shown yet.',
  advice: 'Nothing to do. A first review takes up to three working days.',
} as const;

function reasons(issues: Observed['issues']): Observed['issues'] {
  if (issues.some((issue) => issue.severity === 'error')) return issues;
  return [
    ...issues,
    {
      severity: 'error',
      code: 'disapproved',
      origin: 'channel',
      message: 'Google disapproved the product and names no reason.',
    },
  ];
}

function parsedObject(body: Buffer): JsonObject | null {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    // A cut part is no verdict; the product is asked for again.
    return null;
  }
}

/**
 * Google assigns these itself where we send nothing, or supplemental sources and people usually add them; what it tells of
 * them says nothing about our own submission.
 */
const ADDED_BY_OTHERS: ReadonlySet<string> = new Set([
  ...['google_product_category', 'condition', 'identifier_exists', 'promotion_id', 'shipping_label'],
  ...['custom_label_0', 'custom_label_1', 'custom_label_2', 'custom_label_3', 'custom_label_4'],
  ...[
    'included_destination',
    'excluded_destination',
    'native_commerce',
    'merchant_item_id',
    'consumer_notice',
  ],
]);

function toldBack(product: JsonObject): JsonObject {
  const told = Object.entries(canonicalListing(decodeListing(product)));
  return Object.fromEntries(told.filter(([name]) => !ADDED_BY_OTHERS.has(name)));
}

/** Products of this market only: other languages and labels of the account are other channels. */
async function observe(cursor: string | null, tools: ListingTools): Promise<Page<Observed>> {
  const source = await tools.dataSource.known();
  const page = await tools.client.listProducts(cursor);
  const products = isJsonArray(page.products) ? page.products.filter(isJsonObject) : [];
  const ours = products.filter(
    (product) =>
      product.feedLabel === tools.market.feedLabel &&
      product.contentLanguage === tools.market.contentLanguage &&
      product.legacyLocal !== true,
  );
  const next =
    typeof page.nextPageToken === 'string' && page.nextPageToken !== '' ? page.nextPageToken : null;
  return { items: ours.map((product) => observedOf(product, source, tools)), next };
}

function observedOf(product: JsonObject, source: string | null, { market, host }: ListingTools): Observed {
  const sku = String(product.offerId);
  const { state, issues } = productStatus(product, host.channel.country);
  return {
    sku,
    externalId: tildeName(market, sku),
    state: state === 'unknown' ? 'pending' : state,
    attributes: toldBack(product),
    issues: state === 'rejected' ? reasons(issues) : issues,
    ...(product.dataSource === source ? {} : { foreign: true }),
  };
}
