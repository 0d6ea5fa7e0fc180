import { jsonObjectOf } from '../../src/channel/classify.js';
import type { Observed } from '../../src/channel/connector.js';
import type { Page } from '../../src/channel/page.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';
import { callFailure } from './failures.js';
import { canonicalListing, decodeListing } from './listing-form.js';
import { type ListingTools, sendProducts } from './listing-tools.js';
import type { NestedReply } from './multipart.js';
import { nextTokenOf, objectsIn } from './page-walk.js';
import { getProduct, listProducts } from './product-calls.js';
import { pathName, tildeName } from './product-name.js';
import { productStatus, rejectionReasons } from './product-status.js';

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
export async function observe(cursor: string | null, tools: ListingTools): Promise<Page<Observed>> {
  const source = await tools.dataSource.known();
  const page = await listProducts(tools.client, cursor);
  const ours = objectsIn(page, 'products').filter(
    (product) =>
      product.feedLabel === tools.market.feedLabel &&
      product.contentLanguage === tools.market.contentLanguage &&
      product.legacyLocal !== true,
  );
  return { items: ours.map((product) => observedOf(product, source, tools)), next: nextTokenOf(page) };
}

function observedOf(product: JsonObject, source: string | null, { market, host }: ListingTools): Observed {
  const sku = String(product.offerId);
  const { state, issues } = productStatus(product, host.channel.country);
  return {
    sku,
    externalId: tildeName(market, sku),
    state: state === 'unknown' ? 'pending' : state,
    attributes: toldBack(product),
    issues: state === 'rejected' ? rejectionReasons(issues) : issues,
    ...(product.dataSource === source ? {} : { foreign: true }),
  };
}

/** Single products of this market by name; those Google does not have are left out. */
export async function look(skus: readonly string[], tools: ListingTools): Promise<readonly Observed[]> {
  if (skus.length === 0) return [];
  const source = await tools.dataSource.known();
  const calls = new Map(skus.map((sku) => [sku, getProduct(tools.client, pathName(tools.market, sku))]));
  const { replies } = await sendProducts(calls, { method: 'products.get', lane: 'urgent' }, tools);
  return skus.flatMap((sku) => {
    const reply = replies.get(sku);
    if (reply?.status === 404) return [];
    if (reply?.status !== 200) throw unread(reply, tools);
    return [observedOf(jsonObjectOf(reply, 'products.get'), source, tools)];
  });
}

/** A product that was not told is not one that is missing. */
function unread(reply: NestedReply | undefined, { host }: ListingTools): ChannelError {
  if (reply !== undefined) return callFailure(reply, 'products.get', host.clock.now());
  return new ChannelError('products.get gave no answer for one of the products', {
    code: 'no_answer_for_item',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The products are asked for again by themselves.',
  });
}
