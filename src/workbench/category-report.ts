import { kindCensus } from '../catalog/kind-census.js';
import { adviseCategories, type CategoryAdvice } from '../categories/advise.js';
import { categoryIndex } from '../categories/category-index.js';
import { unknownIds } from '../categories/editions.js';
import { extendTable } from '../categories/table-text.js';
import { readTaxonomy, TAXONOMY_BYTES, type Taxonomy } from '../categories/taxonomy.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import { readLookupTable } from '../mapping/lookups.js';
import { saveLookup } from './lookup-tables.js';
import type { MappingDesk } from './mapping-desk.js';
import { lookupDocument } from './mapping-home.js';
import { currentText, saveVersion, storedText } from './versions.js';

/** The merchant's categories beside the channel's, with suggestions and how many products are covered. */
export interface CategoryMapping extends CategoryAdvice {
  readonly taxonomy: { readonly edition: string | null; readonly categories: number };
  readonly table: string;
  /** Entries of the table that point to nothing in this edition. */
  readonly unknownIds: readonly { readonly key: string; readonly id: string }[];
}

/** How categories are looked at. */
export interface CategoryLook {
  /** Lookup table of the mapping, `google-category`. */
  readonly table: string;
  /** Suggestions from this score on are taken, 0 to 1. */
  readonly minScore: number;
}

/** Keeps the channel's taxonomy, as it was downloaded. Throws what `readTaxonomy` throws; answers how many categories it has. */
export async function saveTaxonomy(desk: MappingDesk, text: string, by: string): Promise<number> {
  if (text.length > TAXONOMY_BYTES)
    throw new OperatorError(
      'taxonomy_too_large',
      'The file is no taxonomy: it is too large',
      'Give the text file with ids.',
    );
  const taxonomy = readTaxonomy(text);
  const name = taxonomyName(desk);
  const { number } = await storedText(desk.database, name);
  const comment = `taxonomy of ${taxonomy.edition ?? 'an unknown edition'}`;
  const version = { text, author: by, comment, at: desk.clock.now(), expected: number };
  await saveVersion(desk.database, { name, file: null }, version);
  return taxonomy.categories.length;
}

/** Advice on every category of the merchant's, from the kept taxonomy. Throws `taxonomy_missing`, `lookup_unreadable`. */
export async function categoryMapping(desk: MappingDesk, look: CategoryLook): Promise<CategoryMapping> {
  return (await adviceFor(desk, look)).mapping;
}

/** Takes over every suggestion from a score on: adds lines to the lookup table, which is a version like any other. Answers lines added and the version. */
export async function acceptSuggestions(
  desk: MappingDesk,
  look: CategoryLook,
  by: string,
): Promise<{ readonly added: number; readonly version: number }> {
  const { extended } = await adviceFor(desk, look);
  const { number } = await currentText(
    desk.database,
    lookupDocument(desk.home, look.table),
    desk.clock.now(),
  );
  if (extended.added === 0) return { added: 0, version: number };
  const comment = `take over ${extended.added} suggested categories`;
  const version = await saveLookup(desk, look.table, { csv: extended.text, expected: number, by, comment });
  return { added: extended.added, version };
}

/** Advice, and the lookup table with what is taken added to it. */
export interface AdvisedTable {
  readonly mapping: CategoryMapping;
  readonly extended: ReturnType<typeof extendTable>;
}

/**
 * Puts the merchant's categories beside a taxonomy and a lookup table; `text` null: there is no table yet. Throws `lookup_unreadable`: a table that cannot
 * be read is never an empty one, its lines would be lost.
 */
export async function adviseOnTable(
  database: Database,
  given: CategoryLook & { readonly taxonomy: Taxonomy; readonly text: string | null },
): Promise<AdvisedTable> {
  const { taxonomy, text, table, minScore } = given;
  const { columns, ids } = tableIn(table, text);
  const advice = adviseCategories(await kindCensus(database), {
    index: categoryIndex(taxonomy, ids),
    table: ids,
    minScore,
  });
  return {
    mapping: {
      ...advice,
      taxonomy: { edition: taxonomy.edition, categories: taxonomy.categories.length },
      table,
      unknownIds: unknownIds(ids, taxonomy),
    },
    extended: extendTable(text, columns, { paths: advice.paths, edition: taxonomy.edition }),
  };
}

function tableIn(
  name: string,
  text: string | null,
): { readonly columns: readonly string[] | null; readonly ids: ReadonlyMap<string, string> } {
  if (text === null) return { columns: null, ids: new Map() };
  const { table, problems } = readLookupTable(name, text);
  if (table === null)
    throw new OperatorError(
      'lookup_unreadable',
      `The lookup table ${name} cannot be read: ${problems[0]?.message ?? ''}`,
      'Correct the table, or write to another one.',
    );
  return { columns: table.columns, ids: new Map([...table.rows].map(([key, row]) => [key, row[1] ?? ''])) };
}

async function adviceFor(desk: MappingDesk, look: CategoryLook): Promise<AdvisedTable> {
  const { text: stored } = await storedText(desk.database, taxonomyName(desk));
  if (stored === null)
    throw new OperatorError(
      'taxonomy_missing',
      'The channel’s taxonomy is not here yet',
      'Download the file "taxonomy-with-ids" from the channel and give it to us.',
    );
  const text = desk.place.sources?.readLookup(look.table) ?? null;
  return adviseOnTable(desk.database, { ...look, taxonomy: readTaxonomy(stored), text });
}

function taxonomyName({ home }: MappingDesk): string {
  return `channel/${home.channel}.taxonomy.txt`;
}
