import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { type Observation, observeChannel } from '../sync/observe.js';
import type { AddCommand } from './command.js';
import { withApp } from './with-app.js';

/** `omnifeed observe`: reads a channel back now instead of at its hour. */
export const addObserve: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { args, options }) =>
      withApp(stage, options, async (app) => {
        const [channel = ''] = args;
        const desk = await app.desk(channel);
        const { listings } = desk.open;
        if (!listings?.observe)
          throw new OperatorError(
            'cannot_read_back',
            `Channel "${channel}" cannot be read back`,
            'Its listings are known from its own verdicts only.',
          );
        const observation = await observeChannel(
          desk,
          { observe: listings.observe.bind(listings) },
          stage.signal,
        );
        stage.show({ channel, ...observation } as unknown as JsonValue, () =>
          observationText(channel, observation),
        );
        return 0;
      }),
    ),
  );
};

function observationText(channel: string, observation: Observation): string {
  const { seen, drifted, missing, adopted, unmanaged, unmanagedSkus } = observation;
  const lines = [
    `${channel}: ${seen} listings read back; ${drifted} drifted and ${missing} missing (sent again by the next sync), ${adopted} adopted, ${unmanaged} not ours`,
  ];
  if (unmanaged > 0)
    lines.push(
      `  not ours: ${unmanagedSkus.join(', ')}${unmanaged > unmanagedSkus.length ? ', …' : ''}`,
      `  to take them over: omnifeed adopt ${channel} --all --dry-run`,
    );
  return lines.join('\n');
}
