import { channelFacts } from '../../activity/channel-facts.js';
import { plusMs } from '../../domain/instant.js';
import { yesterday } from '../../views/channel-health.js';
import { overview as overviewOf } from '../../views/overview.js';
import { route } from '../route.js';
import { instant, integer, object, optional, text } from '../shape.js';
import { channelHistory, overview } from '../shapes/overview.js';
import { askedChannels, listingChannels } from '../watched-channels.js';

const DAY_MS = 86_400_000;

/** How the house stands, and how channels stood before. */
export const overviewRoutes = [
  route({
    method: 'GET',
    path: '/overview',
    permission: 'listings:read',
    summary: 'Says how every channel stands, what needs a person, and what changed since an instant.',
    query: object({ since: optional(instant()) }),
    answer: overview,
    handle: ({ app, query, now }) =>
      overviewOf(app.database, listingChannels(app), { now, since: query.since ?? yesterday(now) }),
  }),
  route({
    method: 'GET',
    path: '/overview/history',
    permission: 'listings:read',
    summary: 'Says how channels stood hour by hour (of older days: at their end), oldest first.',
    query: object({
      channel: optional(text(200)),
      days: optional(integer({ min: 1, max: 800, otherwise: 30 })),
    }),
    answer: channelHistory,
    async handle({ app, query, now }) {
      const since = plusMs(now, -(query.days ?? 30) * DAY_MS);
      const channels = [];
      for (const channel of askedChannels(app, query.channel))
        channels.push({ channel, points: await channelFacts(app.database, channel, since) });
      return { channels };
    },
  }),
];
