import { storedPart } from '../../setup/stored-parts.js';
import { askAtOnce, readChannelState } from '../../sync/channel-state.js';
import { changeOutlet, leaveChannel, outletOf } from '../../sync/outlet.js';
import { channelCounts } from '../../sync/records.js';
import { readiness as readinessOf } from '../../workbench/readiness.js';
import { deskOfSetup } from '../check-findings.js';
import { Refusal } from '../problem.js';
import { event, nothing, route, stream } from '../route.js';
import { changeable } from '../setup-view.js';
import { object, text } from '../shape.js';
import { outletWish, type Readiness, readiness, takeDown } from '../shapes/setup.js';

const params = object({ channel: text(63) });

/** So many listings go out first unless somebody says otherwise. */
const FIRST = 10;

const NOTHING_SEEN: Readiness = { seen: 0, ready: 0, blocked: 0, excluded: 0, issues: [], reasons: [] };

/** How much goes out to a channel, from nothing to everything and back. */
export const channelOutletRoutes = [
  route({
    method: 'POST',
    path: '/channels/:channel/readiness',
    permission: 'channels:write',
    summary:
      'Works out what would become of the catalog on a channel, draft or not; sends and writes nothing.',
    params,
    answer: stream({ progress: readiness, done: readiness }),
    repeatable: true,
    limits: { perMinute: 20 },
    async *handle({ app, params: at, signal }) {
      let last: Readiness = NOTHING_SEEN;
      for await (const facts of readinessOf(await deskOfSetup(app, at.channel), signal)) {
        yield event('progress', facts);
        last = facts;
      }
      yield event('done', last);
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channel/take-down',
    permission: 'channels:write',
    summary:
      'Has every listing of ours removed from the channel, then forgets it. It cannot be called back once listings are gone.',
    params,
    body: takeDown,
    answer: nothing,
    status: 202,
    async handle(call) {
      const { app, params: at, body, now } = call;
      const part = await changeable(app, 'channels', at.channel);
      const { paused_code } = await readChannelState(app.database, part.id);
      if (paused_code !== null || part.state === 'draft')
        throw new Refusal(
          409,
          'channel_stands_still',
          'Nothing is sent to this channel now, so nothing can be removed from it.',
          'Resume it first, or disconnect it and leave its listings as they are.',
        );
      const { owned } = await channelCounts(app.database, part.id);
      if (owned !== body.count)
        throw new Refusal(
          409,
          'count_moved',
          `The channel has ${owned} listings of ours, not ${body.count}.`,
          'Look again, and confirm the number that is shown now.',
        );
      await app.database.transaction((tx) =>
        leaveChannel(tx, part.id, { by: call.caller?.name ?? 'operator', at: now }),
      );
      await app.queue.wake('reconcile', part.id);
      call.note({ object: `channel ${part.id}`, after: { removes: owned } });
      return undefined;
    },
  }),
  route({
    method: 'PUT',
    path: '/channels/:channel/sends',
    permission: 'channels:write',
    summary:
      'Says how much goes out to a channel: nothing (it is only read), the first so many listings, or all.',
    params,
    body: outletWish,
    answer: nothing,
    async handle(call) {
      const { app, params: at, body } = call;
      if ((await storedPart(app.database, 'channels', at.channel)) === null) app.channel(at.channel);
      const outlet = body.sends === 'first' ? { first: body.first ?? FIRST } : body.sends;
      const before = outletOf(await readChannelState(app.database, at.channel));
      await app.database.transaction(async (tx) => {
        await changeOutlet(tx, at.channel, outlet);
        if (outlet !== 'nothing') await askAtOnce(tx, at.channel); // whoever presses Start looks at what happens
      });
      await app.queue.wake('reconcile', at.channel);
      call.note({ object: `channel ${at.channel}`, before: { sends: before }, after: { sends: outlet } });
      return undefined;
    },
  }),
];
