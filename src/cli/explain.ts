import type { JsonValue } from '../domain/json.js';
import { findingsOf } from '../inspect/findings.js';
import { explainProfit } from '../profit/explain-profit.js';
import { explainOnChannel } from '../sync/explain-channel.js';
import type { AddCommand } from './command.js';
import { showExplanation } from './show-explanation.js';
import { withApp } from './with-app.js';

/** `omnifeed explain`: why a listing has its values, or why it was not sent. */
export const addExplain: AddCommand = (program, on) => {
  program
    .command('explain <channel> <sku>')
    .description('show why a listing has its values, attribute by attribute, or why it was not sent')
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = '', sku = ''] = args;
          const desk = await app.desk(channel);
          const explained = await explainOnChannel(desk, sku);
          const seen = await findingsOf(app.database, channel, sku);
          const profit = await explainProfit(desk, app.channel(channel).profit, sku);
          stage.show({ ...explained, seen, profit } as unknown as JsonValue, () =>
            showExplanation(explained, { seen, profit }),
          );
          return 0;
        }),
      ),
    );
};
