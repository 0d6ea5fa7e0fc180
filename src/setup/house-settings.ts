import type { Queries, ReadQueries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';

/** Where the house sells and how it counts: what wizards offer first. Null: nobody said. */
export interface HouseSettings {
  /** ISO 3166-1, capitals. */
  readonly country: string | null;
  /** ISO 4217, capitals. */
  readonly currency: string | null;
  /** IANA zone. */
  readonly zone: string | null;
  readonly weightUnit: 'kg' | 'g' | 'lb' | 'oz' | null;
}

const UNSAID: HouseSettings = { country: null, currency: null, zone: null, weightUnit: null };
const NAME = 'general';

/** What was set. */
export async function houseSettings(queries: ReadQueries): Promise<HouseSettings> {
  const row = await queries.get<{ value: string }>('SELECT value FROM house_setting WHERE name = ?', [NAME]);
  return row === undefined ? UNSAID : { ...UNSAID, ...(JSON.parse(row.value) as Partial<HouseSettings>) };
}

/** Sets some of it and leaves the rest; null takes one away. */
export async function changeSettings(
  tx: Queries,
  changes: Partial<HouseSettings>,
  now: Instant,
): Promise<HouseSettings> {
  const settings = { ...(await houseSettings(tx)), ...changes };
  await tx.run(
    `INSERT INTO house_setting (name, value, changed_at) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at`,
    [NAME, JSON.stringify(settings), now],
  );
  return settings;
}
