import { canonicalJson, type JsonObject } from '../../src/domain/json.js';
import { type ChaosHouse, LISTING_CHANNELS, MARKETPLACE, SHOP } from './chaos-house.js';
import { type AmazonOrder, type ShopOrder, stateOf } from './storm.js';

/** What is so, told by the channels, the shop and the database; every list of differences should be empty. */
export interface Truth {
  readonly orders: number;
  readonly parcels: number;
  readonly listings: number;
  /** Orders of Amazon's log that are not exactly once in the database, or not exactly once in the shop. */
  readonly ordersAstray: readonly string[];
  /** Parcels of the shop that Amazon does not have exactly once, with the same content; and what nobody sent. */
  readonly parcelsAstray: readonly string[];
  /** Listings that differ from what we compute now. */
  readonly listingsAstray: readonly string[];
  readonly integrity: string;
}

/** Compares everything with everything. */
export async function truthOf(house: ChaosHouse, journal: readonly string[]): Promise<Truth> {
  const entries = journal.map((line) => JSON.parse(line) as { kind: string; orderId: string });
  const bought = entries.filter(({ kind }) => kind === 'order').map(({ orderId }) => orderId);
  const shop = await stateOf<{ shopOrders: ShopOrder[] }>(house.simulators.get(SHOP));
  const parcels = house.simulators.get(MARKETPLACE)?.shipments?.() ?? [];
  const compared = await Promise.all(LISTING_CHANNELS.map((channel) => listingsAstray(house, channel)));
  return {
    orders: bought.length,
    parcels: parcels.length,
    listings: compared.reduce((sum, { held }) => sum + held, 0),
    ordersAstray: await ordersAstray(house, { bought, shop: shop.shopOrders }),
    parcelsAstray: parcelsAstray(shop.shopOrders, parcels),
    listingsAstray: compared.flatMap(({ astray }) => astray),
    integrity: await integrityOf(house),
  };
}

async function ordersAstray(
  house: ChaosHouse,
  { bought, shop }: { readonly bought: readonly string[]; readonly shop: readonly ShopOrder[] },
): Promise<string[]> {
  const rows = await house.app.database.all<{ external_id: string }>(
    'SELECT external_id FROM channel_order WHERE channel = ?',
    [MARKETPLACE],
  );
  const stored = rows.map((row) => row.external_id);
  const amazon = await stateOf<{ orders: AmazonOrder[] }>(house.simulators.get(MARKETPLACE));
  const cancelled = new Set(
    amazon.orders.filter(({ status }) => status === 'CANCELLED').map(({ orderId }) => orderId),
  );
  const problems: string[] = stored
    .filter((id) => !bought.includes(id))
    .map((id) => `${id} was never placed`);
  for (const id of bought) {
    const times = stored.filter((other) => other === id).length;
    if (times !== 1) problems.push(`${id} is ${times} times in the database`);
    const placed = shop.filter(({ key }) => key === `${MARKETPLACE}:${id}`).length;
    if (placed > 1 || (placed === 0 && !cancelled.has(id)))
      problems.push(`${id} is ${placed} times in the shop`);
  }
  return problems;
}

type Parcel = {
  readonly orderId: string;
  readonly trackingNumber: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
};

function parcelsAstray(shop: readonly ShopOrder[], announced: readonly Parcel[]): string[] {
  const text = ({ orderId, trackingNumber, lines }: Parcel): string =>
    `${orderId} ${trackingNumber} ${lines
      .map(({ sku, quantity }) => `${quantity}x${sku}`)
      .sort()
      .join(' ')}`;
  const sent = shop.flatMap(({ key, shipments }) =>
    shipments.map(({ trackingNumber = '', lines }) =>
      text({ orderId: key.slice(MARKETPLACE.length + 1), trackingNumber: trackingNumber ?? '', lines }),
    ),
  );
  const known = announced.map(text);
  return [
    ...sent.filter((parcel) => known.filter((other) => other === parcel).length !== 1),
    ...known.filter((parcel) => !sent.includes(parcel)).map((parcel) => `not sent: ${parcel}`),
  ];
}

async function listingsAstray(
  house: ChaosHouse,
  channel: string,
): Promise<{ held: number; astray: string[] }> {
  const rows = await house.app.database.all<{ variant_id: number; sku: string }>(
    "SELECT variant_id, sku FROM listing WHERE channel = ? AND state = 'listed' AND (verdict IS NULL OR verdict <> 'rejected')",
    [channel],
  );
  const desk = await house.app.desk(channel);
  const desired = await desk.desiredOf(rows.map((row) => row.variant_id));
  const expected = new Map<string, JsonObject>();
  for (const row of rows) {
    const listing = desired.get(row.variant_id);
    if (listing?.state === 'listed') expected.set(row.sku, listing.attributes);
  }
  const held = house.simulators.get(channel)?.held() ?? new Map<string, JsonObject>();
  const text = (listing: JsonObject | undefined): string =>
    listing === undefined ? 'nothing' : canonicalJson(listing);
  const astray = [...new Set([...expected.keys(), ...held.keys()])]
    .filter((sku) => text(held.get(sku)) !== text(expected.get(sku)))
    .map((sku) => `${channel} ${sku}: ${text(held.get(sku))} instead of ${text(expected.get(sku))}`);
  return { held: held.size, astray };
}

/** Units that are reserved, and units of orders that the owner of the stock has not counted out yet. */
export interface Units {
  readonly reservedUnits: number;
  readonly openUnits: number;
}

/** Counts reserved and open units. */
export async function unitsOf(house: ChaosHouse): Promise<Units> {
  const reserved = await house.app.database.get<{ n: number | null }>(
    'SELECT SUM(quantity) AS n FROM reservation',
  );
  const open = await house.app.database.get<{ n: number | null }>(
    `SELECT SUM(l.quantity - l.cancelled) AS n FROM order_line l
     JOIN channel_order o ON o.channel = l.channel AND o.external_id = l.external_id
     WHERE o.status <> 'cancelled' AND l.counted_at IS NULL`,
  );
  return { reservedUnits: reserved?.n ?? 0, openUnits: open?.n ?? 0 };
}

async function integrityOf(house: ChaosHouse): Promise<string> {
  const rows = await house.app.database.all<{ integrity_check: string }>('PRAGMA integrity_check');
  return rows.map((row) => row.integrity_check).join('; ');
}
