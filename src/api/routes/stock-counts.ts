import { stockCountsIn } from '../../catalog/read-stock-file.js';
import { type CountAnswer, type CountsOrigin, recordCounts } from '../../catalog/record-counts.js';
import { authorOf, wakeAll } from '../mapping-calls.js';
import { bytes, route } from '../route.js';
import { described, instant, integer, list, nullable, object, optional, text } from '../shape.js';
import { countsTaken } from '../shapes/stock.js';

const count = object({
  sku: text(255),
  location: text(255),
  onHand: described(nullable(integer()), 'Whole units; null: nobody counts the variant there any more.'),
});

const MOST_FILE_BYTES = 4_000_000;
const LOCATION = 'main';

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
    answer: countsTaken,
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
  route({
    method: 'POST',
    path: '/stock/counts/file',
    permission: 'stock:write',
    summary: 'Takes a CSV file of counts (SKU, units, location); every row is answered for.',
    query: object({
      owner: described(optional(text(100)), 'Whose counts these are; absent: the operator.'),
      location: described(optional(text(255)), `Of rows that name none; absent: \`${LOCATION}\`.`),
      reason: optional(text(200)),
    }),
    body: bytes(MOST_FILE_BYTES, 'text/csv', 'application/octet-stream'),
    repeatable: true,
    answer: countsTaken,
    async handle({ app, caller, query, body, now, note }) {
      const { owner = 'operator', location = LOCATION, reason } = query;
      const chunks: Buffer[] = [];
      for await (const chunk of body) chunks.push(chunk as Buffer);
      const counts = stockCountsIn(Buffer.concat(chunks).toString('utf8'), 'you sent', location);
      const origin = {
        owner,
        actor: authorOf(caller),
        at: now,
        ...(reason === undefined ? {} : { reason }),
      };
      const recorded = await recordCounts(app.database, counts, origin);
      if (recorded.counts.changed > 0) await wakeAll(app);
      note({ object: `stock of ${owner}`, after: { total: recorded.total, ...recorded.counts } });
      return { ...recorded, answers: recorded.answers.map(readable) };
    },
  }),
];

/** A number that was none is told as unknown: JSON has no other word for it. */
function readable(count: CountAnswer): CountAnswer {
  return Number.isNaN(count.onHand) ? { ...count, onHand: null } : count;
}
