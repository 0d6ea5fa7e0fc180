import type { Command } from 'commander';
import type { App } from '../app.js';
import { OperatorError } from '../domain/errors.js';
import { confirmMessages, type Hand, pushOrder, resolveExceptions, takeOver } from '../orders/by-hand.js';
import { ORDER_EXCEPTION_CODES, type OrderExceptionCode, type OrderPlace } from '../orders/exceptions.js';
import { matchSku } from '../orders/match-sku.js';
import type { AddCommand } from './command.js';
import { addShip } from './ship.js';
import { withApp } from './with-app.js';

interface ResolveOptions {
  readonly code?: string;
  readonly retry?: boolean;
}

/** What a person does about an order. */
export const addOrdersByHand = (orders: Command, on: Parameters<AddCommand>[1]): void => {
  orders
    .command('place <channel> <order>')
    .description('have an order placed in the shop now, whatever the policy of its channel')
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const place = placeOf(app, args);
          await app.database.transaction(async (tx) => pushOrder(tx, place, await handOf(app, place)));
          await app.queue.wake('place-orders', place.channel);
          stage.show({ ...place, pushed: true }, () => `${place.externalId}: to be placed in the shop`);
          return 0;
        }),
      ),
    );
  orders
    .command('take-over <channel> <order>')
    .description('handle an order by hand: it is not placed by itself (`orders place` gives it back)')
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const place = placeOf(app, args);
          await app.database.transaction(async (tx) => takeOver(tx, place, await handOf(app, place)));
          stage.show({ ...place, takenOver: true }, () => `${place.externalId}: left to you`);
          return 0;
        }),
      ),
    );
  orders
    .command('resolve <channel> <order>')
    .description('close what needed a person; with --retry it is tried again by itself')
    .option('--code <code>', 'only this one')
    .option('--retry', 'try again what was refused')
    .action(
      on<ResolveOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const place = placeOf(app, args);
          const { by, now } = await handOf(app, place);
          const code = codeOf(options.code);
          const closed = await app.database.transaction((tx) =>
            resolveExceptions(tx, place, { code, retry: options.retry === true, by, now }),
          );
          if (options.retry === true) await app.queue.wake('push-shipments', place.channel);
          stage.show({ ...place, closed }, () => `${place.externalId}: ${closed} closed`);
          return 0;
        }),
      ),
    );
  orders
    .command('confirm <channel> <order>')
    .description('let the channel give money back to the buyer as the shop did; it cannot be undone there')
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const place = placeOf(app, args);
          const { by, now } = await handOf(app, place);
          const released = await app.database.transaction((tx) => confirmMessages(tx, place, { by, now }));
          await app.queue.wake('push-shipments', place.channel);
          stage.show(
            { ...place, released },
            () => `${place.externalId}: ${released} to be told to the channel`,
          );
          return 0;
        }),
      ),
    );
  orders
    .command('match <channel> <channelSku> <sku>')
    .description('say which of your SKUs a channel means by one of its own; remembered for every order')
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = '', channelSku = '', sku = ''] = args;
          const { id } = app.channel(channel);
          const hand = await handOf(app, { channel: id, externalId: '' });
          const match = { channel: id, channelSku, sku };
          const matched = await app.database.transaction((tx) => matchSku(tx, match, hand));
          await app.queue.wake('place-orders', id);
          for (const other of app.config.channels) await app.queue.wake('reconcile', other.id);
          stage.show(
            { ...match, orders: matched },
            () => `${channelSku} is ${sku}: ${matched.length} orders looked at again`,
          );
          return 0;
        }),
      ),
    );
  addShip(orders, on);
};

function codeOf(text: string | undefined): OrderExceptionCode | null {
  if (text === undefined) return null;
  const known = ORDER_EXCEPTION_CODES.find((code) => code === text);
  if (known !== undefined) return known;
  throw new OperatorError(
    'unknown_code',
    `There is no exception "${text}"`,
    `Codes: ${ORDER_EXCEPTION_CODES.join(', ')}.`,
  );
}

function placeOf(app: App, [channel = '', externalId = '']: readonly string[]): OrderPlace {
  app.channel(channel);
  return { channel, externalId };
}

async function handOf(app: App, { channel }: OrderPlace): Promise<Hand> {
  const desk = await app.orderDesk(channel);
  return { by: 'operator', now: app.clock.now(), placing: desk?.storefront?.policy ?? null };
}
