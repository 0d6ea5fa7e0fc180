import { setImmediate as nextTurn } from 'node:timers/promises';
import { catalogPageByProduct, FIRST_PRODUCT, type ProductCursor } from '../catalog/store.js';
import { InvariantError } from '../domain/errors.js';
import type { RuleObserver } from '../mapping/rules.js';
import { LoadedMapping } from '../mapping/run.js';
import { startOfDay } from '../sync/calendar-day.js';
import { judgeListing, type ListingRow, mapRow } from '../sync/desired.js';
import { listingRows } from '../sync/listing-rows.js';
import { compileText, type MappingDesk } from './mapping-desk.js';

/** How one attribute is filled over a sample of the catalog. */
export interface AttributeFill {
  readonly name: string;
  /** Listings of the sample that have a value. */
  readonly filled: number;
  /** Listings with an error about it, and with a warning. */
  readonly errors: number;
  readonly warnings: number;
  /** The layer its expression stands in; null: nothing fills it but rules or people. */
  readonly by: 'default' | 'mapping' | null;
  /** Listings a rule gave the value of, and those a person fixed by hand. */
  readonly byRule: number;
  readonly byHand: number;
}

/** What a mapping fills, over a sample. */
export interface AttributeFills {
  /** Listings looked at; those the mapping leaves out are not among them. */
  readonly listings: number;
  readonly attributes: readonly AttributeFill[];
}

interface Counts {
  filled: number;
  errors: number;
  warnings: number;
  byRule: number;
  byHand: number;
}

const SAMPLE = 2_000;
const PAGE = 500;
const SLICE = 50;

/** Works out the first variants of the catalog with a text and counts what each attribute gets. Throws `mapping_has_errors`. */
export async function attributeFills(
  desk: MappingDesk,
  text: string | null,
  signal: AbortSignal,
): Promise<AttributeFills> {
  const mapping = compileText(desk, text);
  if (!(mapping instanceof LoadedMapping)) throw new InvariantError('only a loaded mapping can be counted');
  const kit = await desk.kit(mapping);
  const now = desk.clock.now();
  const today = startOfDay(now, kit.channel.zone);
  const counts = new Map<string, Counts>();
  let listings = 0;
  let seen = 0;
  const look = async (row: ListingRow): Promise<void> => {
    const touched = new Set<string>();
    const run: LoadedMapping['run'] = (given, day, override) =>
      mapping.observed(given, day, { override, observer: touching(touched) });
    const mapped = mapRow(row, { connector: kit.connector, mapping: { run } }, today);
    if (mapped.state === 'excluded') return;
    listings++;
    const { issues } = judgeListing(mapped, await kit.schemaFor(mapped), {
      kit,
      now,
      sku: row.variant.sku,
    });
    const kind = mapped.kind === null ? [] : [kit.connector.kindAttribute ?? 'kind'];
    for (const name of [...kind, ...Object.keys(mapped.attributes)]) of(counts, name).filled++;
    for (const name of touched) of(counts, name).byRule++;
    for (const name of Object.keys(row.override?.attributes ?? {})) of(counts, name).byHand++;
    const severities = new Map<string, 'errors' | 'warnings'>();
    for (const { attribute, severity } of issues)
      if (attribute !== undefined && severities.get(attribute) !== 'errors')
        severities.set(attribute, severity === 'error' ? 'errors' : 'warnings');
    for (const [name, severity] of severities) of(counts, name)[severity]++;
  };
  for (let cursor: ProductCursor | null = FIRST_PRODUCT; cursor !== null && seen < SAMPLE; ) {
    signal.throwIfAborted();
    const page: Awaited<ReturnType<typeof catalogPageByProduct>> = await catalogPageByProduct(
      desk.database,
      cursor,
      PAGE,
    );
    for (const row of await listingRows(desk.database, kit, page.rows)) {
      await look(row);
      if (++seen % SLICE === 0) await nextTurn();
    }
    cursor = page.next;
  }
  return { listings, attributes: filled(mapping, counts) };
}

function of(counts: Map<string, Counts>, name: string): Counts {
  const known = counts.get(name) ?? { filled: 0, errors: 0, warnings: 0, byRule: 0, byHand: 0 };
  counts.set(name, known);
  return known;
}

function touching(touched: Set<string>): RuleObserver {
  return { asked: () => undefined, changed: (_part, name) => void touched.add(name) };
}

function filled({ checked }: LoadedMapping, counts: ReadonlyMap<string, Counts>): readonly AttributeFill[] {
  const layers = new Map(checked.attributes.map(({ name, by }) => [name, by]));
  return [...new Set([...layers.keys(), ...counts.keys()])].map((name) => ({
    name,
    by: layers.get(name) ?? null,
    ...(counts.get(name) ?? { filled: 0, errors: 0, warnings: 0, byRule: 0, byHand: 0 }),
  }));
}
