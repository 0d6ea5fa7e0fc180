import type { ReadQueries } from '../db/database.js';

/** What a page can listen to. */
export const TOPICS = [
  'overview',
  'problems',
  'catalog',
  'listings',
  'plans',
  'orders',
  'stock',
  'runs',
  'sources',
  'channels',
  'mappings',
  'audit',
] as const;

/** One of `TOPICS`. */
export type Topic = (typeof TOPICS)[number];

/** Numbers that are other ones when something changed; each is found by an index or in a table of few rows. */
interface Facts {
  readonly catalog: number | null;
  readonly problems: string | null;
  readonly snoozed: string | null;
  readonly runs: number | null;
  readonly running: number;
  readonly looked: string | null;
  readonly orders: number | null;
  readonly paused: string | null;
  readonly outlets: string | null;
  readonly published: number | null;
  readonly drafted: number | null;
  readonly setup: string | null;
  readonly audit: number | null;
}

const FACTS = `SELECT
  (SELECT value FROM catalog_clock WHERE id = 1) AS catalog,
  (SELECT CAST(COUNT(*) AS TEXT) || ' ' || COALESCE(MAX(since), '') FROM problem) AS problems,
  (SELECT CAST(COUNT(*) AS TEXT) || ' ' || COALESCE(MAX(snoozed_at), '') FROM problem_snooze) AS snoozed,
  (SELECT MAX(id) FROM run) AS runs,
  (SELECT COUNT(*) FROM run_look) AS running,
  (SELECT MAX(at) FROM run_look) AS looked,
  (SELECT MAX(id) FROM order_event) AS orders,
  (SELECT CAST(COUNT(*) AS TEXT) || ' ' || COALESCE(MAX(paused_at), '') FROM channel_state WHERE paused_code IS NOT NULL) AS paused,
  (SELECT CAST(COUNT(sends_at_most) AS TEXT) || ' ' || COALESCE(CAST(SUM(sends_at_most) AS TEXT), '') || ' ' || COALESCE(MAX(leaving_at), '') || ' ' || COALESCE(MAX(rejected_at), '') FROM channel_state) AS outlets,
  (SELECT MAX(id) FROM mapping_use) AS published,
  (SELECT SUM(revision) FROM mapping_draft) AS drafted,
  (SELECT MAX(changed_at) FROM house_setting) AS setup,
  (SELECT MAX(number) FROM audit_entry) AS audit`;

/** Which facts tell that a topic changed. */
const OF_TOPICS: Readonly<Record<Topic, readonly (keyof Facts)[]>> = {
  overview: ['problems', 'snoozed', 'runs', 'looked', 'orders', 'paused'],
  problems: ['problems', 'snoozed'],
  catalog: ['catalog'],
  listings: ['catalog', 'looked', 'runs'],
  plans: ['catalog', 'looked', 'runs', 'published', 'outlets'],
  orders: ['orders'],
  stock: ['catalog', 'orders'],
  runs: ['runs', 'running', 'looked'],
  sources: ['runs', 'looked', 'setup'],
  channels: ['paused', 'outlets', 'looked', 'setup'],
  mappings: ['published', 'drafted'],
  audit: ['audit'],
};

/**
 * How things stand now, per topic, as text that is another one when something changed. Read from the database, so that it does not matter which
 * process did it.
 */
export async function liveFacts(queries: ReadQueries): Promise<Readonly<Record<Topic, string>>> {
  const facts = await queries.get<Facts>(FACTS);
  const told = (topic: Topic): string =>
    OF_TOPICS[topic].map((name) => String(facts?.[name] ?? '')).join('|');
  return Object.fromEntries(TOPICS.map((topic) => [topic, told(topic)])) as Record<Topic, string>;
}
