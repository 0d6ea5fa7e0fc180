import type { JsonValue } from '../domain/json.js';
import { planChannel } from '../sync/plan-channel.js';
import type { AddCommand } from './command.js';
import { showPlan } from './show-plan.js';
import { countOf, withApp } from './with-app.js';

interface Options {
  readonly details?: string;
}

const DETAILS = 20;
const DETAILS_JSON = 100_000;

/** `omnifeed plan`: what would be sent, nothing is. */
export const addPlan: AddCommand = (program, on) => {
  program
    .command('plan <channel>')
    .description('show what would be sent to a channel, with differences and what is held; sends nothing')
    .option(
      '--details <n>',
      `changes listed with their differences (default ${DETAILS}; with --json ${DETAILS_JSON})`,
    )
    .addHelpText(
      'after',
      '\nExit code 1: a guard keeps something back. `omnifeed sync <channel> --force CHECKSUM` lets exactly this plan through.',
    )
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = ''] = args;
          stage.progress.update(`${channel}: working out listings`);
          const plan = await planChannel(
            await app.desk(channel),
            countOf(options.details, options.json ? DETAILS_JSON : DETAILS),
          );
          stage.show(plan as unknown as JsonValue, () => showPlan(plan));
          return plan.holds.length > 0 || plan.facts.priceHolds > 0 ? 1 : 0;
        }),
      ),
    );
};
