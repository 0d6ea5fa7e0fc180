import { type CountsOrigin, recordCounts } from '../../catalog/record-counts.js';
import { authorOf, wakeAll } from '../mapping-calls.js';
import { route } from '../route.js';
import { described, instant, integer, list, nullable, object, oneOf, optional, text } from '../shape.js';

const count = object({
  sku: text(255),
  location: text(255),
  onHand: described(nullable(integer()), 'Whole units; null: nobody counts the variant there any more.'),
});

const RESULTS = ['changed', 'unchanged', 'unknown_sku', 'owned_elsewhere', 'older', 'invalid'] as const;

const answer = object({
  total: integer(),
  counts: object({
    changed: integer(),
    unchanged: integer(),
    unknown_sku: integer(),
    owned_elsewhere: integer(),
    older: integer(),
    invalid: integer(),
  }),
  answers: list(
    object({
      sku: text(),
      location: text(),
      onHand: nullable(integer()),
      result: oneOf(...RESULTS),
      before: optional(nullable(integer())),
      message: optional(text()),
    }),
  ),
});

/** Counts of stock from outside: a warehouse, an ERP, a till. */
export const stockCountRoutes = [
  route({
    method: 'PUT',
    path: '/stock/counts',
    permission: 'stock:write',
    summary:
      'States how many units are where; every count is answered, good ones are taken whatever the others are.',
    body: object({
      owner: described(text(100), 'Whose counts these are; a location listens to its own owner only.'),
      reason: described(optional(text(200)), 'Kept with every movement.'),
      countedAt: described(
        optional(instant()),
        'When they were counted; default: now. Older counts never win.',
      ),
      counts: list(count, 5_000),
    }),
    limits: { bodyBytes: 2_097_152 },
    answer,
    async handle({ app, caller, body, now, note }) {
      const { owner, reason, countedAt, counts } = body;
      const origin: CountsOrigin = {
        owner,
        actor: authorOf(caller),
        at: now,
        ...(reason === undefined ? {} : { reason }),
        ...(countedAt === undefined || countedAt > now ? {} : { countedAt }),
      };
      const recorded = await recordCounts(app.database, counts, origin);
      if (recorded.counts.changed > 0) await wakeAll(app);
      note({ object: `stock of ${owner}`, after: { total: recorded.total, ...recorded.counts } });
      return recorded;
    },
  }),
];
