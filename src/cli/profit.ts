import { writeFile } from 'node:fs/promises';
import type { App } from '../app.js';
import type { FeePort } from '../channel/fee-port.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { channelProfits, profitTerms } from '../profit/channel-profits.js';
import { refreshStandings, standingsOf } from '../profit/competition.js';
import { profitReport } from '../profit/profit-report.js';
import { type FeeRefresh, refreshFees } from '../profit/refresh-fees.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import type { AddCommand } from './command.js';
import { type ProfitView, profitCsv, profitTable } from './show-profit.js';
import type { Stage } from './stage.js';
import { countOf, withApp } from './with-app.js';

interface Options {
  readonly sku?: string[];
  readonly below?: string;
  readonly limit?: string;
  readonly refresh?: true;
  readonly competition?: true;
  readonly format?: string;
  readonly output?: string;
}

const SHOWN = 50;

/** `omnifeed profit`: what each listing would leave after tax, the channel's fees, shipping and cost. */
export const addProfit: AddCommand = (command, on) => {
  command
    .option('--sku <sku...>', 'only these')
    .option('--below <percent>', 'only listings with a margin below this, such as 10%')
    .option('--limit <n>', `rows of the table (default: ${SHOWN}); --json and csv have all`)
    .option('--refresh', 'first ask the channel for the fees that are not known or out of date')
    .option('--competition', 'first ask the channel at which price the shown rows would be featured; slow')
    .option('--format <format>', 'table or csv (default: table)')
    .option('--output <file>', 'write there')
    .addHelpText(
      'after',
      '\nNeeds `profit:` at the channel. A part nobody told is unknown, never zero. Exit code 1: a listing shown loses money.',
    )
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = ''] = args;
          const view = await viewOf(app, { stage, channel, options });
          const isCsv = formatOf(options) === 'csv';
          const text = isCsv
            ? profitCsv(view.report)
            : profitTable(view.report, countOf(options.limit, SHOWN));
          const { output } = options;
          if (output !== undefined) await writeFile(output, isCsv ? text : `${text}\n`);
          const told =
            output === undefined ? text.trimEnd() : `${view.report.rows.length} rows written to ${output}`;
          stage.show(jsonOf(view), () => told);
          return view.report.rows.some(({ profit }) => profit !== null && profit.minor < 0) ? 1 : 0;
        }),
      ),
    );
};

interface Asked {
  readonly stage: Stage;
  readonly channel: string;
  readonly options: Options;
}

interface View {
  readonly report: ProfitView;
  readonly refresh: FeeRefresh | null;
}

async function viewOf(app: App, { stage, channel, options }: Asked): Promise<View> {
  const below = belowOf(options.below);
  formatOf(options);
  const { profit: settings } = app.channel(channel);
  const desk = await app.desk(channel);
  const terms = await profitTerms(desk, settings);
  const skus = options.sku ?? null;
  const { signal, progress } = stage;
  let refresh: FeeRefresh | null = null;
  if (options.refresh) {
    progress.update(`${channel}: looking for fees to ask for`);
    const onAsked = ({ asked, unanswered }: FeeRefresh): void =>
      progress.update(`${channel}: fees of ${asked} listings asked for, ${unanswered} not answered`);
    refresh = await refreshFees(desk, portOf(desk), { skus, signal, onAsked });
    progress.clear();
    stage.say(
      `${channel}: asked for ${refresh.asked}: ${refresh.estimated} estimated, ${refresh.refused} refused, ${refresh.unanswered} not answered by the channel (still unknown; try again)`,
    );
  }
  const onPage = (listings: number): void => progress.update(`${channel}: ${listings} listings worked out`);
  const profits = await channelProfits(desk, terms, { skus, signal, onPage });
  const report = profitReport(profits, below);
  if (options.competition) await compare(desk, { stage, channel, options }, report.rows);
  const standings = await standingsOf(
    desk.database,
    channel,
    report.rows.map(({ sku }) => sku),
  );
  return { report: { channel, ...report, standings }, refresh };
}

async function compare(desk: ChannelDesk, asked: Asked, rows: ProfitView['rows']): Promise<void> {
  const { stage, channel, options } = asked;
  const { competition } = portOf(desk);
  if (competition === undefined)
    throw new OperatorError(
      'no_competition',
      `Channel "${channel}" does not tell prices of other offers`,
      'Leave --competition out.',
    );
  const skus = rows.slice(0, countOf(options.limit, SHOWN)).map(({ sku }) => sku);
  const onAsked = (done: number): void =>
    stage.progress.update(`${channel}: asked about ${done} of ${skus.length} listings`);
  await refreshStandings(desk, competition, { skus, scope: { signal: stage.signal, onAsked } });
}

function portOf(desk: ChannelDesk): FeePort {
  const { fees } = desk.open;
  if (fees) return fees;
  throw new OperatorError(
    'no_estimates',
    `Channel "${desk.kit.channel.id}" does not estimate its fees`,
    'Write a fee file and name it under `profit.fees` of the channel.',
  );
}

function jsonOf({ report, refresh }: View): JsonValue {
  const { channel, rows, totals, standings } = report;
  const listings = rows.map((row) => ({ ...row, competition: standings.get(row.sku) ?? null }));
  return { channel, totals, refresh, listings } as unknown as JsonValue;
}

function formatOf({ format = 'table' }: Options): 'table' | 'csv' {
  if (format === 'table' || format === 'csv') return format;
  throw new OperatorError('unknown_format', `There is no format "${format}"`, 'Formats: table, csv.');
}

/** `10%`, `10` and `-2.5` are percentages. */
function belowOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const match = /^(-?\d{1,4}(\.\d+)?)\s*%?$/.exec(text.trim());
  if (match) return Number(match[1]);
  throw new OperatorError('bad_percent', `--below "${text}" is no percentage`, 'Write it as 10%.');
}
