import type { App } from '../app.js';
import { readStockFile } from '../catalog/read-stock-file.js';
import {
  type CountsOrigin,
  type RecordedCounts,
  recordCounts,
  type StatedCount,
} from '../catalog/record-counts.js';
import { stockCard } from '../catalog/stock-card.js';
import { lists } from '../channel/listing-connector.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { channelStock } from '../stock/available.js';
import { shareOf } from '../stock/shares.js';
import { suggestFor } from '../sync/safety-facts.js';
import type { AddCommand } from './command.js';
import { answersText, cardText, suggestionText } from './show-stock.js';
import { chosen, countOf, withApp } from './with-app.js';

interface CountOptions {
  readonly location?: string;
  readonly as?: string;
  readonly reason?: string;
  readonly limit?: string;
}

const LOCATION = 'main';
const SHOWN = 20;

/** `omnifeed stock`: what is on hand, who says so, who has it; counts by hand and from files. */
export const addStock: AddCommand = (stock, on) => {
  stock
    .command('set <sku> <units>')
    .description('state how many units of a SKU are at a location; `none`: nobody counts it there any more')
    .option('--location <id>', `the location (default ${LOCATION})`)
    .option('--as <owner>', 'whose count it is (default operator)')
    .option('--reason <text>', 'kept with the movement')
    .action(
      on<CountOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [sku = '', units = ''] = args;
          const count = { sku, location: options.location ?? LOCATION, onHand: unitsOf(units) };
          const recorded = await record(app, [count], { options });
          stage.show(recorded as unknown as JsonValue, () => answersText(recorded, SHOWN));
          return refused(recorded) ? 1 : 0;
        }),
      ),
    );
  stock
    .command('import <file>')
    .description(
      'take counts from a CSV file with columns for SKU, units and location; every row is answered for',
    )
    .option('--location <id>', `where rows without a location were counted (default ${LOCATION})`)
    .option('--as <owner>', 'whose counts they are (default operator)')
    .option('--reason <text>', 'kept with the movements')
    .action(
      on<CountOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const { counts, countedAt } = await readStockFile(args[0] ?? '', options.location ?? LOCATION);
          const recorded = await record(app, counts, { options, countedAt });
          stage.show(recorded as unknown as JsonValue, () => answersText(recorded, SHOWN));
          return refused(recorded) ? 1 : 0;
        }),
      ),
    );
  addSuggest(stock, on);
  stock
    .command('show <sku>')
    .description('show counts, open orders, what each channel may offer, and the latest movements of a SKU')
    .option('--limit <movements>', `movements shown (default ${SHOWN})`)
    .action(
      on<CountOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const card = await stockCard(app.database, args[0] ?? '', countOf(options.limit, SHOWN));
          const { channels } = app.config;
          const listing = channels.filter(
            ({ id, connector }) => lists(app.connectors.get(connector)) && !app.isShop(id),
          );
          const offers = listing.map((channel) => ({
            channel: channel.id,
            mode: channel.stock.allocation.mode,
            available: channelStock(card.facts, shareOf(channels, channel)).available ?? null,
          }));
          const { facts: _, ...told } = card;
          stage.show({ ...told, offers } as unknown as JsonValue, () => cardText(card, offers));
          return 0;
        }),
      ),
    );
};

interface SuggestOptions {
  readonly sku?: string;
  readonly days?: string;
  readonly limit?: string;
}

const DAYS = 28;

/** `omnifeed stock suggest`: how many units a channel should hold back, and why. */
function addSuggest(...[stock, on]: Parameters<AddCommand>): void {
  stock
    .command('suggest [channel]')
    .description('suggest safety stock from sales and from how long each channel takes to confirm a change')
    .option('--sku <sku>', 'for one SKU')
    .option('--days <n>', `look back so many days (default ${DAYS})`)
    .option('--limit <n>', `best sellers shown (default ${SHOWN})`)
    .action(
      on<SuggestOptions>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [named] = args;
          const channels = chosen(
            named === undefined ? [] : [named],
            app.config.channels,
            app.channel,
          ).filter(({ id, connector }) => lists(app.connectors.get(connector)) && !app.isShop(id));
          const suggestions = await suggestFor(
            app.database,
            channels.map(({ id }) => id),
            {
              days: Math.max(1, Math.min(366, countOf(options.days, DAYS))),
              now: app.clock.now(),
              sku: options.sku ?? null,
              limit: Math.max(1, countOf(options.limit, SHOWN)),
            },
          );
          const now = new Map(channels.map(({ id, stock: { safetyStock } }) => [id, safetyStock]));
          stage.show(suggestions as unknown as JsonValue, () =>
            suggestions.map((each) => suggestionText(each, now.get(each.channel) ?? 0)).join('\n\n'),
          );
          return 0;
        }),
      ),
    );
}

async function record(
  app: App,
  counts: readonly StatedCount[],
  how: { readonly options: CountOptions; readonly countedAt?: string },
): Promise<RecordedCounts> {
  const { options, countedAt } = how;
  const origin: CountsOrigin = {
    owner: options.as ?? 'operator',
    actor: 'operator',
    at: app.clock.now(),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(countedAt === undefined ? {} : { countedAt }),
  };
  const recorded = await recordCounts(app.database, counts, origin);
  if (recorded.counts.changed > 0)
    for (const channel of app.config.channels) await app.queue.wake('reconcile', channel.id);
  return recorded;
}

function refused({ counts, total }: RecordedCounts): boolean {
  return counts.changed + counts.unchanged < total;
}

function unitsOf(text: string): number | null {
  if (text === 'none') return null;
  if (/^[+-]?\d{1,10}$/.test(text)) return Number(text);
  throw new OperatorError('bad_units', `"${text}" is no number of units`, 'Write a whole number, or `none`.');
}
