import { createHash } from 'node:crypto';
import { ChannelError } from '../../src/domain/errors.js';
import type { Instant } from '../../src/domain/instant.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/domain/json.js';
import type { ShipmentNotice, ShipmentReceipt } from '../../src/domain/shipment.js';
import { amazonCarrier } from './carriers.js';
import type { ListingWork } from './listing-work.js';
import type { OrdersV0ConfirmShipmentRequest } from './models/operations.generated.js';

/**
 * Announces parcels, one call each. The same reference is the same `packageReferenceId`, and posting it again edits that
 * package: repeating is safe. Throws only when nothing could be announced.
 */
export async function confirmShipments(
  work: ListingWork,
  shipments: readonly ShipmentNotice[],
): Promise<readonly ShipmentReceipt[]> {
  const receipts: ShipmentReceipt[] = [];
  let stopped: ChannelError | null = null;
  for (const shipment of shipments) {
    if (stopped) {
      receipts.push(later(shipment, stopped));
      continue;
    }
    try {
      receipts.push(await confirm(work, shipment));
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      if (receipts.length === 0 && error.kind !== 'ambiguous') throw error;
      receipts.push(later(shipment, error));
      if (error.kind !== 'ambiguous') stopped = error;
    }
  }
  return receipts;
}

async function confirm(work: ListingWork, shipment: ShipmentNotice): Promise<ShipmentReceipt> {
  const body = shipmentBody(shipment, work.settings, work.host.clock.now());
  try {
    await work.client.call('confirmShipment', { path: { orderId: shipment.orderExternalId }, body });
    return { reference: shipment.reference, outcome: 'accepted' };
  } catch (error) {
    if (!(error instanceof ChannelError) || error.kind !== 'refused') throw error;
    if (await alreadyThere(work, shipment)) return { reference: shipment.reference, outcome: 'accepted' };
    return { reference: shipment.reference, outcome: 'rejected', issues: [refusal(error)] };
  }
}

/**
 * Body of `confirmShipment`. The ship date may not lie in the future of Amazon's clock, so it is never later than now.
 * Source: model ordersV0, `PackageDetail`; verified 2026-11.
 */
export function shipmentBody(
  shipment: ShipmentNotice,
  settings: { readonly marketplaceId: string; readonly carriers?: Readonly<Record<string, string>> },
  now: Instant,
): OrdersV0ConfirmShipmentRequest {
  return {
    marketplaceId: settings.marketplaceId,
    packageDetail: {
      packageReferenceId: packageReferenceOf(shipment.reference),
      ...amazonCarrier(shipment.carrier, settings.carriers),
      trackingNumber: shipment.trackingNumber,
      shipDate: shipment.shippedAt < now ? shipment.shippedAt : now,
      orderItems: shipment.lines.map((line) => ({
        orderItemId: line.lineExternalId,
        quantity: line.quantity,
      })),
    },
  };
}

/**
 * Amazon takes positive whole numbers only, as text (a JSON number is refused since January 2026). A short number stays
 * itself; any other reference becomes a number derived from it, always the same one.
 */
export function packageReferenceOf(reference: string): string {
  if (/^[1-9]\d{0,8}$/.test(reference)) return reference;
  const digest = createHash('sha256').update(reference).digest();
  return String(1_000_000_000 + (digest.readUInt32BE(0) % 1_000_000_000));
}

/**
 * An edit of a package that is already under way is refused ("already fulfilled"). The order itself tells whether the
 * parcel has arrived at Amazon: same reference or same tracking number.
 */
async function alreadyThere(work: ListingWork, shipment: ShipmentNotice): Promise<boolean> {
  const packages = await packagesOf(work, shipment.orderExternalId);
  if (!isJsonArray(packages)) return false;
  const reference = packageReferenceOf(shipment.reference);
  return packages.some(
    (parcel) =>
      isJsonObject(parcel) &&
      parcel.packageReferenceId === reference &&
      parcel.trackingNumber === shipment.trackingNumber,
  );
}

async function packagesOf(work: ListingWork, orderId: string): Promise<JsonValue | undefined> {
  try {
    const { body } = await work.client.call('getOrder', {
      path: { orderId },
      query: { includedData: ['PACKAGES'] },
    });
    return isJsonObject(body.order) ? body.order.packages : undefined;
  } catch (error) {
    if (error instanceof ChannelError && error.kind === 'refused') return undefined;
    throw error;
  }
}

function later(shipment: ShipmentNotice, error: ChannelError): ShipmentReceipt {
  const wait = error.againInMs === null ? {} : { againInMs: error.againInMs };
  return { reference: shipment.reference, outcome: 'retry', code: error.code, ...wait };
}

function refusal(error: ChannelError): Issue {
  return {
    severity: 'error',
    code: error.code,
    origin: 'channel',
    message: error.message,
    advice:
      'Compare the parcel with the order in Seller Central: cancelled, already shipped, or more units than ordered.',
  };
}
