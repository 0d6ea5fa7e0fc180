import path from 'node:path';
import { packageRoot } from '../config/package-root.js';
import { type DemoHouse, openDemoHouse } from '../demo/demo-house.js';
import { type DemoSummary, runDemo } from '../demo/run-demo.js';
import type { JsonValue } from '../domain/json.js';
import { commonReasons } from '../status.js';
import type { AddCommand } from './command.js';
import { table } from './table.js';

interface Options {
  readonly catalog?: string;
  readonly sourceMapping?: string;
  readonly stock?: string;
  readonly currency: string;
  readonly shopUrl: string;
  readonly keep?: string;
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
    .action(
      on<Options>(async (stage, { options }) => {
        const catalog = options.catalog ?? path.join(packageRoot(), 'examples', 'catalog.csv');
        const house = await openDemoHouse({ ...options, catalog });
        try {
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
        } finally {
          await house.close();
        }
      }),
    );
};

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
