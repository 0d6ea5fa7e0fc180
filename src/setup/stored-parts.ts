import type { Sealer } from '../channel/credentials.js';
import type { Queries, ReadQueries } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import type { JsonObject } from '../domain/json.js';

/** Groups of the configuration that can be set up in the console. */
export type PartKind = 'channels' | 'sources' | 'schedules';

/** A channel, source or schedule that is set up in the console; `draft`: not in use yet. */
export interface StoredPart {
  readonly kind: PartKind;
  readonly id: string;
  readonly state: 'draft' | 'active';
  /** As it would stand in omnifeed.yaml, without secrets. */
  readonly body: JsonObject;
  /** Secret settings, sealed; null: none. */
  readonly sealed: string | null;
  /** Where the wizard was left. */
  readonly step: string | null;
  readonly revision: number;
  readonly changedAt: Instant;
  readonly changedBy: string;
}

interface PartRow extends Omit<StoredPart, 'body'> {
  readonly body: string;
}

const COLUMNS =
  'kind, id, state, body, sealed, step, revision, changed_at AS "changedAt", changed_by AS "changedBy"';

function partOf(row: PartRow): StoredPart {
  return { ...row, revision: Number(row.revision), body: JSON.parse(row.body) as JsonObject };
}

/** Every part, drafts too. */
export async function storedParts(queries: ReadQueries): Promise<StoredPart[]> {
  return (await queries.all<PartRow>(`SELECT ${COLUMNS} FROM house_part ORDER BY kind, id`)).map(partOf);
}

/** One part; null: there is none of this name. */
export async function storedPart(
  queries: ReadQueries,
  kind: PartKind,
  id: string,
): Promise<StoredPart | null> {
  const row = await queries.get<PartRow>(`SELECT ${COLUMNS} FROM house_part WHERE kind = ? AND id = ?`, [
    kind,
    id,
  ]);
  return row ? partOf(row) : null;
}

/** Adds a part. Throws `part_taken`. */
export async function addPart(queries: Queries, part: Omit<StoredPart, 'revision'>): Promise<void> {
  const added = await queries.run(
    'INSERT INTO house_part (kind, id, state, body, sealed, step, revision, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT DO NOTHING',
    [
      part.kind,
      part.id,
      part.state,
      JSON.stringify(part.body),
      part.sealed,
      part.step,
      part.changedAt,
      part.changedBy,
    ],
  );
  if (added === 0)
    throw new OperatorError('part_taken', `The name "${part.id}" is taken.`, 'Choose another name.');
}

/** Changes a part that is still as it was read. Throws `part_moved` when somebody else was faster. */
export async function changePart(queries: Queries, part: StoredPart): Promise<void> {
  const changed = await queries.run(
    `UPDATE house_part SET state = ?, body = ?, sealed = ?, step = ?, revision = revision + 1, changed_at = ?, changed_by = ?
     WHERE kind = ? AND id = ? AND revision = ?`,
    [
      part.state,
      JSON.stringify(part.body),
      part.sealed,
      part.step,
      part.changedAt,
      part.changedBy,
      part.kind,
      part.id,
      part.revision,
    ],
  );
  if (changed === 0)
    throw new OperatorError(
      'part_moved',
      `"${part.id}" was changed meanwhile.`,
      'Load it again and repeat your change.',
    );
}

/** Takes a part away; false: there was none. */
export async function dropPart(queries: Queries, kind: PartKind, id: string): Promise<boolean> {
  return (await queries.run('DELETE FROM house_part WHERE kind = ? AND id = ?', [kind, id])) === 1;
}

/** Another text whenever a part changed, came or went. */
export async function partsStamp(queries: ReadQueries): Promise<string> {
  const row = await queries.get<{ stamp: string | null }>(
    "SELECT CAST(COUNT(*) AS TEXT) || ' ' || COALESCE(CAST(SUM(revision) AS TEXT), '') || ' ' || COALESCE(MAX(changed_at), '') AS stamp FROM house_part",
  );
  return row?.stamp ?? '';
}

/** Seals secret settings of a part; null: there are none. */
export function sealSecrets(
  secret: JsonObject,
  place: Pick<StoredPart, 'kind' | 'id'>,
  sealer: Sealer,
): string | null {
  return Object.keys(secret).length === 0 ? null : sealer.seal(JSON.stringify(secret), placeOf(place));
}

/** Opens secret settings of a part. Throws like `Sealer.open`. */
export function openSecrets(part: Pick<StoredPart, 'kind' | 'id' | 'sealed'>, sealer: Sealer): JsonObject {
  return part.sealed === null ? {} : (JSON.parse(sealer.open(part.sealed, placeOf(part))) as JsonObject);
}

const placeOf = ({ kind, id }: Pick<StoredPart, 'kind' | 'id'>): string => `house_part.sealed:${kind}:${id}`;
