import { OperatorError } from '../domain/errors.js';
import { readChannelState } from '../sync/channel-state.js';
import { changeOutlet, type Outlet, outletOf } from '../sync/outlet.js';
import type { AddCommand } from './command.js';
import { noteDeed } from './note-deed.js';
import { withApp } from './with-app.js';

const MOST_FIRST = 1_000;

/** `omnifeed sends`: how much goes out to a channel. */
export const addSends: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { args: [channel = '', wanted], options }) =>
      withApp(stage, options, async (app) => {
        const { id } = app.channel(channel);
        if (wanted !== undefined) {
          const outlet = outletIn(wanted);
          await app.database.transaction((tx) => changeOutlet(tx, id, outlet));
          await app.queue.wake('reconcile', id);
          await noteDeed(app, 'sends', { object: `channel ${id}`, after: { sends: outlet } });
        }
        const now = outletOf(await readChannelState(app.database, id));
        stage.show({ channel: id, sends: now }, () => `${id}: ${wordsOf(now)}`);
        return 0;
      }),
    ),
  );
};

function outletIn(text: string): Outlet {
  if (text === 'everything' || text === 'nothing') return text;
  if (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= MOST_FIRST) return { first: Number(text) };
  throw new OperatorError(
    'sends_unclear',
    `"${text.slice(0, 60)}" does not say how much goes out`,
    `Write everything, nothing, or how many listings go out first (1 to ${MOST_FIRST}).`,
  );
}

function wordsOf(outlet: Outlet): string {
  if (outlet === 'everything') return 'everything goes out';
  return outlet === 'nothing'
    ? 'nothing goes out, it is only read'
    : `the first ${outlet.first} listings go out`;
}
