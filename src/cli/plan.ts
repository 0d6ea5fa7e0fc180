import type { JsonValue } from '../domain/json.js';
import { planChannel } from '../sync/plan-channel.js';
import { previewPlan } from '../sync/preview-plan.js';
import type { AddCommand } from './command.js';
import { showPlan } from './show-plan.js';
import { countOf, withApp } from './with-app.js';

interface Options {
  readonly details?: string;
  readonly preview?: boolean;
}

const DETAILS = 20;
const DETAILS_JSON = 100_000;

/** `omnifeed plan`: what would be sent, nothing is. */
export const addPlan: AddCommand = (command, on) => {
  command
    .option(
      '--details <n>',
      `changes listed with their differences (default ${DETAILS}; with --json ${DETAILS_JSON})`,
    )
    .option('--preview', 'asks the channel what it would say to the listed changes, where it can be asked')
    .addHelpText(
      'after',
      '\nExit code 1: a guard keeps something back. `omnifeed sync <channel> --force CHECKSUM` lets exactly this plan through.',
    )
    .action(
      on<Options>(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = ''] = args;
          stage.progress.update(`${channel}: working out listings`);
          const desk = await app.desk(channel);
          const most = options.json && !options.preview ? DETAILS_JSON : DETAILS;
          const plan = await planChannel(desk, countOf(options.details, most));
          if (options.preview) stage.progress.update(`${channel}: asking the channel`);
          const previews = options.preview ? await previewPlan(desk, plan.entries) : null;
          const shown = previews === null ? plan : { ...plan, previews: [...previews.values()] };
          stage.show(shown as unknown as JsonValue, () => showPlan(plan, previews));
          const refused = [...(previews?.values() ?? [])].some(({ accepted }) => !accepted);
          return plan.holds.length > 0 || plan.facts.priceHolds > 0 || refused ? 1 : 0;
        }),
      ),
    );
};
