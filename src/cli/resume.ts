import { RESTORED } from '../backup/after-restore.js';
import { OperatorError } from '../domain/errors.js';
import type { ChannelDesk } from '../sync/channel-desk.js';
import { readChannelState } from '../sync/channel-state.js';
import { checkFailure } from '../sync/check-channel.js';
import { resumeChannel } from '../sync/run.js';
import type { AddCommand } from './command.js';
import { withApp } from './with-app.js';

/** `omnifeed resume`: puts a channel to work again whose credentials were renewed. */
export const addResume: AddCommand = (program, on) => {
  program
    .command('resume <channel>')
    .description('put a paused channel to work again, after its credentials were renewed')
    .action(
      on(async (stage, { args, options }) =>
        withApp(stage, options, async (app) => {
          const [channel = ''] = args;
          const desk = await app.desk(channel);
          await refuseUnread(desk);
          const failure = await checkFailure(desk.open);
          if (failure !== null) {
            stage.show(
              { channel, resumed: false, reason: failure },
              () => `${channel} stays paused: ${failure}`,
            );
            return 1;
          }
          await resumeChannel(desk);
          await app.queue.wake('reconcile', channel);
          stage.show(
            { channel, resumed: true },
            () => `${channel} works again; run omnifeed sync ${channel} or leave it to omnifeed start`,
          );
          return 0;
        }),
      ),
    );
};

/** After a restore we believe what was true earlier: a channel that can be read back is read back before anything is sent to it. */
async function refuseUnread({ database, kit, open }: ChannelDesk): Promise<void> {
  const { paused_code, observed_at } = await readChannelState(database, kit.channel.id);
  if (paused_code !== RESTORED || observed_at !== null || open.listings?.observe === undefined) return;
  throw new OperatorError(
    'not_read_back',
    `Channel "${kit.channel.id}" was not read back since the restore: we do not know what it shows now`,
    `Run \`omnifeed observe ${kit.channel.id}\`, look at \`omnifeed plan ${kit.channel.id}\`, then resume it.`,
  );
}
