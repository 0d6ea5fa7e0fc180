import type { JsonValue } from '../domain/json.js';
import { findingsOf } from '../inspect/findings.js';
import { explainProfit } from '../profit/explain-profit.js';
import { explainAt } from '../workbench/explain-at.js';
import { whyNotSent } from '../workbench/why-not-sent.js';
import type { AddCommand } from './command.js';
import { instantOf } from './instant-of.js';
import { showExplanation, showPast } from './show-explanation.js';
import { withApp } from './with-app.js';

/** `omnifeed explain`: why a listing has its values, or why it was not sent. */
export const addExplain: AddCommand = (command, on) => {
  command.option('--at <instant>', 'as it was then: 2026-11-20 or 2026-11-20T14:00Z').action(
    on<{ readonly at?: string }>(async (stage, { args, options }) =>
      withApp(stage, options, async (app) => {
        const [channel = '', sku = ''] = args;
        const desk = await app.desk(channel);
        if (options.at !== undefined) {
          const past = await explainAt(desk, sku, instantOf(options.at, app.clock.now()));
          stage.show(past as unknown as JsonValue, () => showPast(past));
          return 0;
        }
        const { explained, tests } = await whyNotSent(desk, sku);
        const seen = await findingsOf(app.database, channel, sku);
        const profit = await explainProfit(desk, app.channel(channel).profit, sku);
        stage.show({ ...explained, tests, seen, profit } as unknown as JsonValue, () =>
          showExplanation(explained, { tests, seen, profit }),
        );
        return 0;
      }),
    ),
  );
};
