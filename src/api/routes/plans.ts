import { readChannelState } from '../../sync/channel-state.js';
import { planChanges, showPlan, planStanding as standingOf } from '../../views/plan-view.js';
import { pageOf, paging } from '../paging.js';
import { route } from '../route.js';
import { list, object, oneOf, optional, text, yesNo } from '../shape.js';
import { plan, planChange, planStanding } from '../shapes/plans.js';
import { listingChannels } from '../watched-channels.js';

/** What will be sent, and what is held. */
export const planRoutes = [
  route({
    method: 'GET',
    path: '/plans',
    permission: 'plans:read',
    summary: 'Says for every channel how much waits to be sent and how much of it is held.',
    answer: object({ plans: list(planStanding) }),
    async handle({ app, now }) {
      const plans = [];
      for (const { id } of listingChannels(app)) plans.push(await standingOf(app.database, id, now));
      return { plans };
    },
  }),
  route({
    method: 'GET',
    path: '/plans/:channel',
    permission: 'plans:read',
    summary: 'Works out what would be sent to a channel now: numbers, holds, the checksum that approves it.',
    params: object({ channel: text(200) }),
    answer: plan,
    async handle({ app, params }) {
      const shown = await showPlan(await app.desk(params.channel));
      const state = await readChannelState(app.database, shown.channel);
      const { rejected_checksum, rejected_by, rejected_at } = state;
      const same = rejected_checksum === shown.checksum && rejected_by !== null && rejected_at !== null;
      return { ...shown, rejected: same ? { by: rejected_by, at: rejected_at } : null };
    },
  }),
  route({
    method: 'GET',
    path: '/plans/:channel/changes',
    permission: 'plans:read',
    summary: 'Lists planned changes with what each changes, in the order of the catalog.',
    params: object({ channel: text(200) }),
    query: object({
      ...paging,
      change: optional(oneOf('create', 'update', 'offer', 'remove')),
      held: optional(yesNo()),
    }),
    answer: pageOf(planChange),
    async handle({ app, params, query }) {
      const { cursor = null, limit = 50, change = null, held = null } = query;
      const page = await planChanges(await app.desk(params.channel), { change, held }, { cursor, limit });
      return { ...page, previous: null, total: null };
    },
  }),
];
