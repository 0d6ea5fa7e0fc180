import { firstSteps } from '../../views/first-steps.js';
import { searchAll } from '../../views/search-all.js';
import { route } from '../route.js';
import { integer, list, nullable, object, oneOf, optional, text, yesNo } from '../shape.js';
import { listingChannels } from '../watched-channels.js';

const found = object({
  kind: oneOf('product', 'variant', 'order'),
  id: text(),
  channel: nullable(text()),
  title: text(),
});

const firstStep = object({
  step: oneOf('products', 'channel', 'ready', 'first-listing', 'real-channel', 'real-listing'),
  done: yesNo(),
  count: integer(),
});

/** The search box and the checklist of a new house. */
export const searchRoutes = [
  route({
    method: 'GET',
    path: '/search',
    permission: 'catalog:read',
    summary: 'Finds products, SKUs and orders by what one remembers of them.',
    query: object({ q: text(200), limit: optional(integer({ min: 1, max: 20, otherwise: 8 })) }),
    answer: object({ found: list(found) }),
    async handle({ app, caller, query }) {
      const orders = caller?.permissions.has('orders:read') === true;
      return { found: await searchAll(app.database, query.q, { each: query.limit ?? 8, orders }) };
    },
  }),
  route({
    method: 'GET',
    path: '/start',
    permission: 'listings:read',
    summary: 'Says how far a new house is, until its first real listing is live.',
    answer: object({ steps: list(firstStep), finished: yesNo() }),
    handle: ({ app }) => firstSteps(app.database, listingChannels(app)),
  }),
];
