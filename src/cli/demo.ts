import path from 'node:path';
import { packageRoot } from '../config/package-root.js';
import { type DemoHouse, openDemoHouse } from '../demo/demo-house.js';
import { type DemoSummary, runDemo } from '../demo/run-demo.js';
import { serveDemo } from '../demo/serve-demo.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { commonReasons } from '../status.js';
import type { AddCommand } from './command.js';
import { version } from './program.js';
import type { Stage } from './stage.js';
import { table } from './table.js';

interface Options {
  readonly catalog?: string;
  readonly sourceMapping?: string;
  readonly stock?: string;
  readonly currency: string;
  readonly shopUrl: string;
  readonly keep?: string;
  readonly serve?: boolean;
  readonly empty?: boolean;
  readonly port: string;
}

/** `omnifeed demo`: the main job on simulated channels, offline. */
export const addDemo: AddCommand = (command, on) => {
  command
    .option(
      '--catalog <file>',
      'your own product file (Shopify, WooCommerce, Magento, Google, CSV, JSON, XML, XLSX; may be gzipped)',
    )
    .option('--source-mapping <file>', 'how to read a file of a format of your own (see mappings/sources)')
    .option('--stock <file>', 'a stock file beside the catalog')
    .option('--currency <code>', 'currency of prices that name none', 'USD')
    .option(
      '--shop-url <address>',
      'address of the shop, for relative links and pictures',
      'https://shop.example',
    )
    .option('--keep <folder>', 'keep the database and configuration there')
    .option('--serve', 'then serve the console until Ctrl-C, with everything the demo made')
    .option('--empty', 'with --serve: begin with nothing, and set everything up in the console')
    .option('--port <port>', 'with --serve: port on this machine; 0: any free one', '8080')
    .action(
      on<Options>(async (stage, { options }) => {
        const catalog = options.catalog ?? path.join(packageRoot(), 'examples', 'catalog.csv');
        const port = portOf(options);
        const house = await openDemoHouse({ ...options, catalog });
        try {
          const code = house.empty ? 0 : await play(stage, house);
          if (options.serve) {
            const say = (line: string): void => stage.say(line);
            await serveDemo(house, { port, version: version(), signal: stage.signal, say });
          }
          return code;
        } finally {
          await house.close();
        }
      }),
    );
};

function portOf({ serve, empty, port }: Options): number {
  if (empty && !serve)
    throw new OperatorError('bad_option', '--empty is for --serve only', 'Add --serve, or leave it out.');
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new OperatorError('bad_option', `--port ${port} is no port`, 'Give a whole number from 0 to 65535.');
}

/** The whole job once, told as it goes. 1: the numbers do not add up. */
async function play(stage: Stage, house: DemoHouse): Promise<0 | 1> {
  let act = '';
  const summary = await runDemo(house, {
    act(title) {
      act = title;
      stage.say(`\n${title}`);
      stage.progress.update(title);
    },
    step(text) {
      stage.say(`  ${text}`);
      stage.progress.update(act);
    },
  });
  const reasons = await reasonsText(house);
  stage.show(summary as unknown as JsonValue, () => summaryText(summary, reasons, house));
  return summary.conservation === 'ok' ? 0 : 1;
}

async function reasonsText(house: DemoHouse): Promise<string[]> {
  const lines: string[] = [];
  for (const { id } of house.app.config.channels) {
    for (const { reason, count } of await commonReasons(house.app.database, id))
      lines.push(`  ${id}: ${count} × ${reason}`);
  }
  return lines;
}

function summaryText(summary: DemoSummary, reasons: readonly string[], house: DemoHouse): string {
  const { catalog, orders, second } = summary;
  return [
    '\nSummary',
    `  ${catalog.products} products, ${catalog.variants} variants, ${catalog.rejectedRows} rows rejected`,
    table(
      ['channel', 'listed', 'blocked', 'excluded', 'live', 'rejected', 'sent'],
      summary.channels.map((channel) => [
        channel.id,
        channel.listed,
        channel.blocked,
        channel.excluded,
        channel.live,
        channel.rejected,
        channel.submitted,
      ]),
    ),
    ...(reasons.length === 0 ? [] : ['Why not listed:', ...reasons]),
    `  second round: ${second.changed} changes in the catalog, ${second.submitted} sent`,
    `  orders: ${orders.pulled} pulled = ${orders.linked} linked + ${orders.waiting} waiting; ${orders.shipped} shipped, ${orders.trackingPushed} tracking numbers announced`,
    `  every number adds up: ${summary.conservation}`,
    ...(house.kept ? [`  kept in ${house.folder}`] : []),
  ].join('\n');
}
