import type { Database, Queries } from '../db/database.js';
import { type Instant, plusMs } from '../domain/instant.js';
import { BROKEN_BUNDLE, TO_BE_PLACED, UNKNOWN_SKU } from '../domain/order.js';
import { type OpenProblem, openProblems, type Problem, raiseProblem } from './problems.js';

/** A question to the database whose every row is something a person must act on. Asked again and again, so problems clear themselves. */
interface Standing {
  readonly code: string;
  readonly severity: Problem['severity'];
  readonly advice: string;
  /** True: a person who looks must see how it is now, not how it was at the last sweep. */
  readonly live?: true;
  /** Rows of `{ place, channel, message }`; `{now}` stands for the instant of asking, `{soon}`, `{lately}` and `{before}` for some hours after and before it. */
  readonly sql: string;
}

/** A day's work before the last moment: what is packed in the evening is known in the morning. */
const SOON_HOURS = 12;
/** An order is placed within minutes; what is not by then does not come by itself. */
const BEFORE_HOURS = 1;
/** A channel shows its order as shipped some time after it accepted the parcel. */
const LATELY_HOURS = 24;

/** Orders with units that have not left: an accepted parcel counts before the channel's own status says so. */
const TO_LEAVE = `o.fulfilled_by = 'merchant' AND (o.status = 'partially-shipped' OR (o.status = 'open' AND NOT EXISTS (SELECT 1 FROM shipment s
            WHERE s.channel = o.channel AND s.external_id = o.external_id AND s.state = 'accepted' AND s.sent_at > {lately})))`;

const STANDING: readonly Standing[] = [
  {
    code: 'import_waits',
    severity: 'error',
    advice:
      'Look at it with `omnifeed import`; if it is right, run it again with --force and the checksum it shows. What is live stays live.',
    sql: `SELECT source AS place, CAST(NULL AS text) AS channel, 'The last import of source ' || source || ' is held' AS message FROM import_run r
          WHERE state = 'held' AND number = (SELECT MAX(number) FROM import_run x WHERE x.source = r.source)`,
  },
  {
    code: 'import_failed',
    severity: 'error',
    advice: 'Run `omnifeed import` to see why. What is live stays live.',
    sql: `SELECT source AS place, CAST(NULL AS text) AS channel, 'The last import of source ' || source || ' failed: ' || COALESCE(error, '') AS message FROM import_run r
          WHERE state = 'failed' AND number = (SELECT MAX(number) FROM import_run x WHERE x.source = r.source)`,
  },
  {
    code: 'changes_held',
    severity: 'error',
    advice:
      'Look at the plan with `omnifeed plan`; let it through with the checksum it shows, or correct the catalog.',
    sql: `SELECT channel AS place, channel, COUNT(*) || ' changes are held: ' || MIN(held) AS message FROM listing WHERE held IS NOT NULL GROUP BY channel`,
  },
  {
    code: 'order_needs_person',
    severity: 'error',
    live: true,
    advice:
      'See `omnifeed orders exceptions`; each says what to do. Close it with `omnifeed orders resolve`.',
    sql: `SELECT channel || '/' || external_id || '/' || code AS place, channel, 'Order ' || external_id || ': ' || message AS message
          FROM order_exception WHERE closed_at IS NULL`,
  },
  {
    code: 'orders_not_placed',
    severity: 'error',
    live: true,
    advice:
      'What the shop says stands with its own problem; mend that, then `omnifeed orders place` tries at once. `omnifeed doctor` checks the shop.',
    sql: `SELECT o.channel AS place, o.channel, COUNT(*) || ' orders wait to be placed in the shop for more than ${BEFORE_HOURS} hour, the first is ' || MIN(o.external_id) AS message
          FROM channel_order o WHERE o.state = 'waiting' AND o.reason = '${TO_BE_PLACED}' AND o.first_seen_at < {before} GROUP BY o.channel`,
  },
  {
    code: 'late_shipment',
    severity: 'error',
    live: true,
    advice: 'Send the order, or cancel it: the channel counts late shipments against you.',
    sql: `SELECT o.channel || '/' || o.external_id AS place, o.channel, 'Order ' || o.external_id || ' should have left by ' || o.ship_by AS message
          FROM channel_order o WHERE ${TO_LEAVE} AND o.ship_by < {now}`,
  },
  {
    code: 'shipment_due',
    severity: 'warning',
    advice:
      'Send them in time, or tell the parcels that have left: the channel counts late shipments against you.',
    sql: `SELECT o.channel AS place, o.channel, COUNT(*) || ' orders must leave within ${SOON_HOURS} hours, the first (' || MIN(o.external_id) || ') by ' || MIN(o.ship_by) AS message
          FROM channel_order o WHERE ${TO_LEAVE} AND o.ship_by >= {now} AND o.ship_by < {soon} GROUP BY o.channel`,
  },
  {
    code: 'unknown_sku',
    severity: 'error',
    live: true,
    advice:
      'Add the product, correct its SKU, or say which of yours it is with `omnifeed orders match`; the order goes on by itself.',
    sql: `SELECT o.channel || '/' || o.external_id AS place, o.channel, 'Order ' || o.external_id || ' waits: ' || o.reason AS message
          FROM channel_order o WHERE o.state = 'waiting' AND (o.reason LIKE '${UNKNOWN_SKU}%' OR o.reason LIKE '${BROKEN_BUNDLE}%')`,
  },
  {
    code: 'bundle_broken',
    severity: 'error',
    advice:
      'Correct its components in the source, or add the missing product. Until then the bundle is not offered.',
    sql: `WITH RECURSIVE inside (sku, part) AS (
            SELECT sku, part FROM bundle_part UNION SELECT i.sku, b.part FROM inside i JOIN bundle_part b ON b.sku = i.part)
          SELECT i.sku AS place, CAST(NULL AS text) AS channel,
            CASE WHEN MAX(CASE WHEN i.part = i.sku THEN 1 ELSE 0 END) = 1 THEN 'Bundle ' || i.sku || ' contains itself'
              WHEN MIN(i.part) = '' THEN 'What bundle ' || i.sku || ' is made of could not be read'
              ELSE 'Bundle ' || i.sku || ' has a component that no product is: ' || MIN(CASE WHEN w.id IS NULL THEN i.part END) END AS message
          FROM inside i JOIN variant v ON v.sku = i.sku AND v.status <> 'ended' LEFT JOIN variant w ON w.sku = i.part
          WHERE i.part = i.sku OR w.id IS NULL GROUP BY i.sku`,
  },
  {
    code: 'parcel_refused',
    severity: 'error',
    advice: 'See `omnifeed orders list`; correct carrier or number and announce the parcel again.',
    sql: `SELECT channel || '/' || external_id || '/' || reference AS place, channel, 'Parcel ' || reference || ' of order ' || external_id || ' was refused' AS message
          FROM shipment WHERE state = 'rejected'`,
  },
  {
    code: 'promotion_refused',
    severity: 'error',
    advice: 'Correct the promotion in the promotions file; it is sent again when it changed.',
    sql: `SELECT channel || '/' || id AS place, channel, 'Promotion ' || id || ' was refused: ' || COALESCE(issues, '') AS message
          FROM promotion WHERE state = 'rejected' AND wanted = 1`,
  },
  {
    code: 'place_refused',
    severity: 'error',
    advice:
      'Check the code under `places:` of the channel; what was refused is sent again when its stock changes.',
    sql: `SELECT channel || '/' || kind || '/' || place AS place, channel, 'Stock of ' || COUNT(*) || ' listings at ' || kind || ' ' || place || ' was refused: ' || COALESCE(MIN(issues), '') AS message
          FROM place_stock WHERE refused IS NOT NULL AND refused = desired GROUP BY channel, kind, place`,
  },
  {
    code: 'staff_not_told',
    severity: 'error',
    advice:
      'Check `staff` of the location, `mail` and the receiver of the webhook; meanwhile `omnifeed orders pick-list` shows what is to be done.',
    sql: `SELECT location || '/' || way || '/' || address AS place, CAST(NULL AS text) AS channel,
            'Staff of ' || location || ' was not told of ' || COUNT(*) || ' orders: ' || MIN(error) AS message
          FROM staff_notice WHERE state = 'pending' AND error IS NOT NULL GROUP BY location, way, address`,
  },
  {
    code: 'webhook_dead',
    severity: 'error',
    advice: 'Mend its receiver, then have it told again: `omnifeed webhooks replay`, or under Settings.',
    sql: `SELECT webhook AS place, CAST(NULL AS text) AS channel, COUNT(*) || ' events could not be told to a webhook (' || webhook || '): ' || COALESCE(MIN(failure), '') AS message
          FROM webhook_delivery WHERE state = 'dead' GROUP BY webhook`,
  },
  {
    code: 'pickup_late',
    severity: 'error',
    advice: 'Make it ready and say `omnifeed orders ready`, or give it to another location.',
    sql: `SELECT f.channel || '/' || f.external_id AS place, f.channel, 'Order ' || f.external_id || ' should be ready for its buyer since ' || f.ready_by AS message
          FROM order_fulfilment f JOIN channel_order o ON o.channel = f.channel AND o.external_id = f.external_id
          WHERE f.state = 'open' AND f.ready_by < {now} AND o.status IN ('open', 'partially-shipped')`,
  },
  {
    code: 'pickup_overdue',
    severity: 'warning',
    advice: 'Hand it over, or say `omnifeed orders not-collected` and decide what becomes of it.',
    sql: `SELECT f.channel || '/' || f.external_id AS place, f.channel, 'Order ' || f.external_id || ' was kept for its buyer until ' || f.keep_until AS message
          FROM order_fulfilment f JOIN channel_order o ON o.channel = f.channel AND o.external_id = f.external_id
          WHERE f.state = 'ready' AND f.keep_until < {now} AND o.status IN ('open', 'partially-shipped')`,
  },
  {
    code: 'stock_short',
    severity: 'error',
    advice: 'Get more, or cancel one of the orders; nothing of this SKU is offered meanwhile.',
    sql: `SELECT r.sku AS place, CAST(NULL AS text) AS channel, r.units || ' units of ' || r.sku || ' are promised, ' || s.units || ' are there' AS message
          FROM (SELECT sku, CAST(SUM(quantity) AS bigint) AS units FROM reservation GROUP BY sku) r
          JOIN (SELECT sku, CAST(SUM(on_hand) AS bigint) AS units FROM stock_level GROUP BY sku) s ON s.sku = r.sku WHERE r.units > s.units`,
  },
];

const MOST_OF_A_KIND = 50;

/** Brings the list of standing problems up to date: raises what the database shows, takes away what it no longer shows. */
export async function refreshProblems(database: Database, now: Instant): Promise<void> {
  for (const standing of STANDING) await database.transaction((tx) => refresh(tx, standing, now));
}

/**
 * Open problems, of one channel or of all, those of orders as they are now: what a person is told at this moment must not wait for the next sweep.
 * In the order of `openProblems`.
 */
export async function currentProblems(
  queries: Queries,
  now: Instant,
  channel?: string,
): Promise<readonly OpenProblem[]> {
  const stored = await openProblems(queries, channel);
  const since = new Map(stored.map((problem) => [problem.key, problem.since]));
  const live = STANDING.filter((standing) => standing.live === true);
  const kinds = live.map(({ code }) => `standing:${code}:`);
  const found: OpenProblem[] = stored.filter(({ key }) => !kinds.some((kind) => key.startsWith(kind)));
  for (const standing of live)
    for (const problem of await shown(queries, standing, now))
      if (channel === undefined || problem.channel === channel)
        found.push({ ...problem, since: since.get(problem.key) ?? now, seenAt: now });
  return found.sort(
    (a, b) => order(a.severity, b.severity) || order(a.since, b.since) || order(a.key, b.key),
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

async function shown(queries: Queries, standing: Standing, now: Instant): Promise<readonly Problem[]> {
  const { code, severity, advice, sql } = standing;
  const rows = await queries.all<{ place: string; channel: string | null; message: string }>(
    `SELECT * FROM (${at(sql, now)}) AS found ORDER BY place LIMIT ?`,
    [MOST_OF_A_KIND],
  );
  return rows.map(({ place, channel, message }) => ({
    key: `standing:${code}:${place}`,
    channel,
    severity,
    code,
    message,
    advice,
  }));
}

async function refresh(tx: Queries, standing: Standing, now: Instant): Promise<void> {
  const { code } = standing;
  for (const problem of await shown(tx, standing, now)) await raiseProblem(tx, problem, now);
  await tx.run("DELETE FROM problem WHERE code = ? AND problem_key LIKE 'standing:%' AND seen_at < ?", [
    code,
    now,
  ]);
}

function at(sql: string, now: Instant): string {
  return sql
    .replaceAll('{now}', `'${now}'`)
    .replaceAll('{soon}', `'${plusMs(now, SOON_HOURS * 3_600_000)}'`)
    .replaceAll('{before}', `'${plusMs(now, -BEFORE_HOURS * 3_600_000)}'`)
    .replaceAll('{lately}', `'${plusMs(now, -LATELY_HOURS * 3_600_000)}'`);
}
