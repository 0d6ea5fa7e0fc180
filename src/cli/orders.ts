import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { listExceptions, type OpenException } from '../orders/exceptions.js';
import { listOrders, type OrderRow } from '../orders/list-orders.js';
import { type OrderLife, orderLife } from '../orders/timeline.js';
import type { AddCommand } from './command.js';
import { addOrdersAtLocations } from './orders-at-locations.js';
import { addOrdersByHand } from './orders-by-hand.js';
import { table } from './table.js';
import { countOf, withApp } from './with-app.js';

interface ListOptions {
  readonly state?: string;
  readonly limit?: string;
}

/** `omnifeed orders`: orders of channels, their whole life, what needs a person, and what a person does about it. */
export const addOrders: AddCommand = (orders, on) => {
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
    .command('show <channel> <order>')
    .description('the whole life of an order, from purchase to parcel, and what needs a person')
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = '', externalId = ''] = args;
          app.channel(channel);
          const life = await orderLife(app.database, { channel, externalId });
          if (life === null)
            throw new OperatorError(
              'unknown_order',
              `Channel "${channel}" has no order "${externalId}"`,
              '`omnifeed orders list` shows the orders.',
            );
          stage.show(life as unknown as JsonValue, () => lifeText(life));
          return 0;
        }),
      ),
    );
  orders
    .command('exceptions [channel]')
    .description('what needs a person, oldest first')
    .option('--limit <n>', 'how many (default 50)')
    .action(
      on<ListOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel] = args;
          if (channel !== undefined) app.channel(channel);
          const rows = await listExceptions(app.database, channel ?? null, countOf(options.limit, 50));
          stage.show(rows as unknown as JsonValue, () => exceptionsText(rows));
          return 0;
        }),
      ),
    );
  addOrdersAtLocations(orders, on);
  addOrdersByHand(orders, on);
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

function exceptionsText(rows: readonly OpenException[]): string {
  if (rows.length === 0) return 'nothing needs a person';
  return rows
    .map(({ channel, order, code, message, advice, at }) =>
      [`${at}  ${channel} ${order}  ${code}`, `  ${message}`, `  ${advice}`].join('\n'),
    )
    .join('\n');
}

const METHODS: Readonly<Record<string, string>> = {
  ship: 'leaves as a parcel from',
  pickup: 'is fetched at',
  curbside: 'is fetched at the kerb of',
};

function placeText({
  method,
  state,
  locations,
  reason,
  keepUntil,
}: NonNullable<OrderLife['fulfilled']>): string {
  if (locations.length === 0) return `nobody fulfils it: ${reason}`;
  const kept = state === 'ready' && keepUntil !== null ? `, kept until ${keepUntil}` : '';
  return `${METHODS[method] ?? method} ${locations.join(', ')} (${reason}): ${state}${kept}`;
}

function lifeText(life: OrderLife): string {
  const { shop } = life;
  const head = [
    `${life.channel} ${life.order}: ${life.status} at the channel, ${life.state}${life.reason === null ? '' : ` (${life.reason})`}`,
    ...(life.fulfilledBy === 'channel' ? ['shipped by the channel itself: our stock is not touched'] : []),
    ...(shop === null ? [] : [`shop: ${shop.name ?? shop.id ?? shop.state}`]),
    ...(life.fulfilled === null ? [] : [placeText(life.fulfilled)]),
    ...(life.shipBy === null ? [] : [`should leave by ${life.shipBy}`]),
  ];
  const lines = table(
    ['line', 'SKU', 'ordered', 'shipped', 'cancelled', 'refunded', 'returned'],
    life.lines.map((line) => [
      line.line,
      line.sku,
      line.ordered,
      line.shipped,
      line.cancelled,
      line.refunded,
      line.returned,
    ]),
  );
  const open = life.exceptions.filter(({ closedAt }) => closedAt === null);
  const needed = open.map(({ code, message, advice }) => `needs a person: ${code}: ${message}\n  ${advice}`);
  const timeline = life.timeline.map(({ at, what }) => `${at}  ${what}`);
  return [...head, '', lines, '', ...needed, ...timeline].join('\n');
}
