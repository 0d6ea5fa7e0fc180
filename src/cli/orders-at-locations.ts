import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import type { PickupNews } from '../domain/order-message.js';
import type { StoreUnits } from '../domain/store-order.js';
import { assignByHand } from '../stores/assign-order.js';
import { findLocation } from '../stores/find-location.js';
import { pickLists } from '../stores/pick-list.js';
import { pickListHtml, pickListText } from '../stores/print-pick-list.js';
import { cancelUncollected, recordPickup } from '../stores/record-pickup.js';
import type { AddCommand } from './command.js';
import { deskOf } from './fulfil-desk-of.js';
import { addReturn } from './orders-return.js';
import { skuUnits } from './sku-units.js';
import type { ExitCode, Stage } from './stage.js';
import { withApp } from './with-app.js';

interface PickListOptions {
  readonly location?: string;
  readonly format?: string;
  readonly names?: boolean;
  readonly output?: string;
}

interface PickedUpOptions {
  readonly line?: readonly string[];
}

interface NotCollectedOptions {
  readonly cancel?: boolean;
}

/** `omnifeed orders pick-list`: what is to be fetched from the shelves, to print. */
function addPickList(orders: Command, on: Parameters<AddCommand>[1]): void {
  orders
    .command('pick-list')
    .description('what is to be fetched from the shelves, by location and bin, with boxes to tick')
    .option('--location <location>', 'only this one (its id or code)')
    .option('--format <format>', 'text or html (a page to print)', 'text')
    .option('--names', 'with the buyers’ names')
    .option('--output <file>', 'write it into this file')
    .action(
      on<PickListOptions>(async (stage, { options }) =>
        withApp(stage, options, async (app) => {
          const { locations } = app.config;
          const print = PRINTERS[options.format ?? 'text'];
          if (!print)
            throw new OperatorError(
              'unknown_format',
              `There is no format "${options.format}"`,
              'Use text or html.',
            );
          const location = options.location === undefined ? null : findLocation(locations, options.location);
          const names = options.names === true ? await app.buyers() : null;
          const now = app.clock.now();
          const lists = await pickLists(app.database, { location, locations, now, names });
          if (options.output === undefined) {
            stage.show(lists as unknown as JsonValue, () => print(lists));
            return 0;
          }
          await writeFile(options.output, print(lists), { mode: 0o600 });
          stage.show({ written: options.output }, () => `written to ${options.output}`);
          return 0;
        }),
      ),
    );
}

const PRINTERS: Readonly<Record<string, typeof pickListText>> = { text: pickListText, html: pickListHtml };

/** What a person says about orders that locations fulfil. */
export const addOrdersAtLocations = (orders: Command, on: Parameters<AddCommand>[1]): void => {
  orders
    .command('assign <channel> <order> <location>')
    .description('have one location (its id or code) fulfil the whole order; its staff is told')
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = '', externalId = '', text = ''] = args;
          const desk = deskOf(app, channel);
          const location = findLocation(app.config.locations, text);
          await app.database.transaction((tx) =>
            assignByHand(tx, desk, { externalId, location, by: 'operator' }),
          );
          await app.queue.wake('fulfil-orders', channel);
          stage.show(
            { channel, externalId, location: location.id },
            () => `${externalId}: to be fulfilled at ${location.name}`,
          );
          return 0;
        }),
      ),
    );
  addPickList(orders, on);
  addReturn(orders, on);
  orders
    .command('ready <channel> <order>')
    .description('an order to be fetched lies ready; the channel is told')
    .action(on(async (stage, { args, options }) => sayNews(stage, { args, options, news: 'ready' })));
  orders
    .command('picked-up <channel> <order>')
    .description('the buyer has fetched the order, or the units you name; the channel is told')
    .option('--line <sku=quantity...>', 'what of it; may be given several times (default: all that is there)')
    .action(
      on<PickedUpOptions>(async (stage, { args, options }) =>
        sayNews(stage, { args, options, news: 'picked-up', units: options.line?.map(skuUnits) ?? null }),
      ),
    );
  orders
    .command('not-collected <channel> <order>')
    .description('the buyer did not fetch the order; the channel is told, and you decide what becomes of it')
    .option('--cancel', 'give it up: have it cancelled, so that its units are on sale again')
    .action(
      on<NotCollectedOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = '', externalId = ''] = args;
          const desk = deskOf(app, channel);
          const cancel = options.cancel === true;
          const done = await app.database.transaction(async (tx) => {
            const taken = await recordPickup(tx, desk, { externalId, news: 'not-collected', by: 'operator' });
            const cancelled = cancel ? await cancelUncollected(tx, desk, { externalId, by: 'operator' }) : 0;
            return { taken, cancelled };
          });
          await app.queue.wake('push-shipments', channel);
          stage.show({ channel, externalId, ...done }, () =>
            cancel
              ? `${externalId}: not collected, ${done.cancelled} units to be cancelled`
              : `${externalId}: not collected; its units are kept until you cancel it`,
          );
          return 0;
        }),
      ),
    );
};

function sayNews(
  stage: Stage,
  said: {
    readonly args: readonly (string | undefined)[];
    readonly options: Parameters<typeof withApp>[1];
    readonly news: PickupNews;
    readonly units?: readonly StoreUnits[] | null;
  },
): Promise<ExitCode> {
  const [channel = '', externalId = ''] = said.args;
  const { news, units = null } = said;
  return withApp(stage, said.options, async (app) => {
    const desk = deskOf(app, channel);
    const taken = await app.database.transaction((tx) =>
      recordPickup(tx, desk, { externalId, news, units, by: 'operator' }),
    );
    await app.queue.wake('push-shipments', channel);
    const what =
      units === null ? '' : ` (${units.map(({ sku, quantity }) => `${quantity} of ${sku}`).join(', ')})`;
    stage.show(
      { channel, externalId, news, taken },
      () => `${externalId}: ${news}${what}${taken === 'same' ? ', as was said before' : ''}`,
    );
    return 0;
  });
}
