import type { Command } from 'commander';
import type { App } from '../app.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { decimalText, type Money, readDecimal } from '../domain/money.js';
import { findLocation } from '../stores/find-location.js';
import type { GoodsBack } from '../stores/goods-back.js';
import { nextReturn, returnInStore, type TakenReturn } from '../stores/return-in-store.js';
import type { AddCommand } from './command.js';
import { deskOf } from './fulfil-desk-of.js';
import { skuUnits } from './sku-units.js';
import { withApp } from './with-app.js';

interface ReturnOptions {
  readonly location: string;
  readonly line?: readonly string[];
  readonly reference?: string;
  readonly writeOff?: boolean;
  /** False with `--no-refund`. */
  readonly refund: boolean;
  readonly amount?: string;
  readonly shipping?: string;
}

/** `omnifeed orders return`: goods a buyer brought to a store. */
export const addReturn = (orders: Command, on: Parameters<AddCommand>[1]): void => {
  orders
    .command('return <channel> <order>')
    .description(
      'a buyer brought goods back to a store: stock, and the money at the channel (of shipping, what you state)',
    )
    .requiredOption('--location <location>', 'where (its id or code)')
    .option('--line <sku=quantity...>', 'what; may be given several times (default: all that has left)')
    .option('--reference <text>', 'your own id of the return; the same one again is no second return')
    .option('--write-off', 'it cannot be sold again: it does not go back on the shelves')
    .option('--amount <amount>', 'give back this much for the one line you name, in the channel’s currency')
    .option('--shipping <amount>', 'give back this much of the shipping as well, at most what was charged')
    .option('--no-refund', 'do not have the channel give the money of the goods back')
    .action(
      on<ReturnOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = '', externalId = ''] = args;
          const desk = deskOf(app, channel);
          const place = { channel, externalId };
          const location = findLocation(app.config.locations, options.location);
          const units = options.line?.map(skuUnits) ?? null;
          const money = moneyOf(app, channel, options);
          const shipping = options.shipping === undefined ? null : amountOf(app, channel, options.shipping);
          const { reference, taken } = await app.database.transaction(async (tx) => {
            const name = options.reference ?? (await nextReturn(tx, place));
            const restock = options.writeOff !== true;
            const back = {
              externalId,
              location,
              reference: name,
              units,
              restock,
              money,
              shipping,
              by: 'operator',
            };
            return { reference: name, taken: await returnInStore(tx, desk, back) };
          });
          await app.queue.wake('push-shipments', channel);
          for (const other of app.config.channels) await app.queue.wake('reconcile', other.id);
          const shown = taken === null ? null : { ...taken, units: Object.fromEntries(taken.units) };
          stage.show({ ...place, reference, taken: shown } as unknown as JsonValue, () =>
            returnText(externalId, reference, taken),
          );
          return taken?.money.way === 'person' ? 1 : 0;
        }),
      ),
    );
};

function moneyOf(app: App, channel: string, { refund, amount }: ReturnOptions): GoodsBack['money'] {
  if (!refund) return 'none';
  return amount === undefined ? 'paid' : amountOf(app, channel, amount);
}

function amountOf(app: App, channel: string, amount: string): Money {
  const { currency } = app.channel(channel);
  const money = readDecimal(amount, currency);
  if (money !== null && money.minor > 0) return money;
  throw new OperatorError(
    'bad_amount',
    `"${amount}" is no amount in ${currency}`,
    'Write digits, such as 12.34.',
  );
}

const MONEY: Readonly<Record<TakenReturn['money']['way'], string>> = {
  told: 'the channel gives back',
  'to-confirm': 'the channel gives back, once you run `omnifeed orders confirm`,',
  person: 'give the money back at the channel by hand: see `omnifeed orders exceptions`',
  none: 'the channel gives nothing back',
};

function returnText(externalId: string, reference: string, taken: TakenReturn | null): string {
  if (taken === null) return `${externalId}: return ${reference} was taken before`;
  const units = [...taken.units.values()].reduce((sum, each) => sum + each, 0);
  const { goods, money } = taken;
  const shelves =
    goods === null
      ? ['written off']
      : [
          ...(goods.counted.length > 0 ? [`back on sale: ${goods.counted.join(', ')}`] : []),
          ...goods.others.map(({ sku, owner }) => `${sku} comes back with the next count of ${owner}`),
          ...(goods.uncounted.length > 0 ? [`nobody counts there: ${goods.uncounted.join(', ')}`] : []),
        ];
  const amounts = money.lines.flatMap(({ item, itemTax, shipping }) =>
    [item, itemTax, shipping].flatMap((each) =>
      each === undefined ? [] : [`${decimalText(each)} ${each.currency}`],
    ),
  );
  const given = [MONEY[money.way], amounts.join(' + ')].filter((part) => part !== '').join(' ');
  return [`${externalId}: ${units} came back (${reference})`, ...shelves, given].join('\n  ');
}
