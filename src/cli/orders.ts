import type { App } from '../app.js';
import type { JsonValue } from '../domain/json.js';
import { listOrders, type OrderRow } from '../orders/list-orders.js';
import { shipOpenUnits } from '../orders/ship-open-units.js';
import type { AddCommand } from './command.js';
import { table } from './table.js';
import { countOf, withApp } from './with-app.js';

interface ListOptions {
  readonly state?: string;
  readonly limit?: string;
}

interface ShipOptions {
  readonly carrier: string;
  readonly tracking: string;
  readonly reference?: string;
}

/** `omnifeed orders`: orders of channels, and parcels announced by hand. */
export const addOrders: AddCommand = (program, on) => {
  const orders = program.command('orders').description('orders of channels');
  orders
    .command('list [channel]')
    .description('list orders, newest first')
    .option('--state <state>', 'only waiting, linked or refused ones')
    .option('--limit <n>', 'how many (default 50)')
    .action(
      on<ListOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel] = args;
          if (channel !== undefined) app.channel(channel);
          const rows = await listOrders(app.database, {
            channel: channel ?? null,
            state: options.state ?? null,
            limit: countOf(options.limit, 50),
          });
          stage.show(rows as unknown as JsonValue, () => ordersText(rows));
          return 0;
        }),
      ),
    );
  orders
    .command('ship <channel> <order>')
    .description('announce a parcel with everything that is still open in an order')
    .requiredOption('--carrier <name>', 'carrier as you call it, such as UPS')
    .requiredOption('--tracking <number>', 'tracking number')
    .option(
      '--reference <text>',
      'your own id of the parcel; the same one again is not a second parcel (default: the number)',
    )
    .action(
      on<ShipOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = '', order = ''] = args;
          const outcome = await shipByHand(app, { channel, order, ...options });
          stage.show({ channel, order, outcome }, () => `${order}: ${outcome}`);
          return outcome === 'surplus' ? 1 : 0;
        }),
      ),
    );
};

function ordersText(rows: readonly OrderRow[]): string {
  if (rows.length === 0) return 'no orders';
  return table(
    ['channel', 'order', 'placed', 'status', 'state', 'units', 'reason'],
    rows.map((row) => [
      row.channel,
      row.external_id,
      row.placed_at,
      row.status,
      row.state,
      row.units,
      row.reason ?? '',
    ]),
  );
}

async function shipByHand(
  app: App,
  parcel: ShipOptions & { readonly channel: string; readonly order: string },
): Promise<string> {
  app.channel(parcel.channel);
  const place = { channel: parcel.channel, externalId: parcel.order, now: app.clock.now() };
  const outcome = await app.database.transaction((tx) =>
    shipOpenUnits(tx, place, {
      reference: parcel.reference ?? parcel.tracking,
      carrier: parcel.carrier,
      trackingNumber: parcel.tracking,
      shippedAt: place.now,
    }),
  );
  await app.queue.wake('push-shipments', parcel.channel);
  return outcome;
}
