import type { ListingChange, Receipt } from '../../src/channel/connector.js';
import type { JsonObject } from '../../src/domain/json.js';
import { type Encoded, encodeListing, encodeOffer, OFFER_MASK } from './listing-form.js';
import type { ListingTools } from './listing-tools.js';
import type { NestedCall } from './multipart.js';
import { deleteInput, insertInput, patchInput } from './product-calls.js';
import { offerIdProblem, pathName } from './product-name.js';
import type { MarketKey } from './settings.js';

/** The call for a change, or the receipt that says why there is none. */
export function callFor(
  change: ListingChange,
  dataSource: string,
  { client, market }: Pick<ListingTools, 'client' | 'market'>,
): NestedCall | Receipt {
  const problem = offerIdProblem(change.sku);
  if (problem !== null) return badSku(change.sku, problem);
  const target = { pathName: pathName(market, change.sku), dataSource };
  if (change.action === 'remove') return deleteInput(client, target);
  const encoded =
    change.action === 'offer' ? encodeOffer(change.attributes) : encodeListing(change.attributes);
  if (!encoded.fits) return { sku: change.sku, outcome: 'rejected', issues: encoded.issues };
  if (change.action === 'upsert') return insertInput(client, dataSource, inputOf(change, encoded, market));
  const body = { productAttributes: encoded.productAttributes };
  return patchInput(client, target, { mask: OFFER_MASK, body });
}

/** An equal version number is accepted again, a lower one is not: an older state never overwrites a newer one. */
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
