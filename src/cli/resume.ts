import { checkFailure } from '../sync/check-channel.js';
import { refuseUnread, resumeChannel } from '../sync/resume-channel.js';
import type { AddCommand } from './command.js';
import { withApp } from './with-app.js';

/** `omnifeed resume`: puts a channel to work again whose credentials were renewed. */
export const addResume: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { args, options }) =>
      withApp(stage, options, async (app) => {
        const [channel = ''] = args;
        const desk = await app.desk(channel);
        await refuseUnread(desk.database, channel, desk.open);
        const failure = await checkFailure(desk.open);
        if (failure !== null) {
          stage.show(
            { channel, resumed: false, reason: failure },
            () => `${channel} stays paused: ${failure}`,
          );
          return 1;
        }
        await resumeChannel(desk.database, channel, desk.open);
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
