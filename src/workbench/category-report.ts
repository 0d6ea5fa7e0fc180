import { kindCensus } from '../catalog/kind-census.js';
import { adviseCategories, type CategoryAdvice } from '../categories/advise.js';
import { categoryIndex } from '../categories/category-index.js';
import { unknownIds } from '../categories/editions.js';
import { extendTable } from '../categories/table-text.js';
import { readTaxonomy, TAXONOMY_BYTES, type Taxonomy } from '../categories/taxonomy.js';
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

/** Advice on every category of the merchant's, from the kept taxonomy. Throws `taxonomy_missing`. */
export async function categoryMapping(desk: MappingDesk, look: CategoryLook): Promise<CategoryMapping> {
  const { advice, taxonomy, ids } = await adviceFor(desk, look);
  return {
    ...advice,
    taxonomy: { edition: taxonomy.edition, categories: taxonomy.categories.length },
    table: look.table,
    unknownIds: unknownIds(ids, taxonomy),
  };
}

/** Takes over every suggestion from a score on: adds lines to the lookup table, which is a version like any other. Answers lines added and the version. */
export async function acceptSuggestions(
  desk: MappingDesk,
  look: CategoryLook,
  by: string,
): Promise<{ readonly added: number; readonly version: number }> {
  const { advice, taxonomy, text, columns } = await adviceFor(desk, look);
  const { number } = await currentText(
    desk.database,
    lookupDocument(desk.home, look.table),
    desk.clock.now(),
  );
  const extended = extendTable(text, columns, { paths: advice.paths, edition: taxonomy.edition });
  if (extended.added === 0) return { added: 0, version: number };
  const comment = `take over ${extended.added} suggested categories`;
  const version = await saveLookup(desk, look.table, { csv: extended.text, expected: number, by, comment });
  return { added: extended.added, version };
}

interface Advised {
  readonly advice: CategoryAdvice;
  readonly taxonomy: Taxonomy;
  readonly text: string | null;
  readonly columns: readonly string[] | null;
  readonly ids: ReadonlyMap<string, string>;
}

async function adviceFor(desk: MappingDesk, look: CategoryLook): Promise<Advised> {
  const { text: stored } = await storedText(desk.database, taxonomyName(desk));
  if (stored === null)
    throw new OperatorError(
      'taxonomy_missing',
      'The channel’s taxonomy is not here yet',
      'Download the file "taxonomy-with-ids" from the channel and give it to us.',
    );
  const taxonomy = readTaxonomy(stored);
  const text = desk.place.sources?.readLookup(look.table) ?? null;
  const table = text === null ? null : readLookupTable(look.table, text).table;
  const ids = new Map([...(table?.rows ?? [])].map(([key, row]) => [key, row[1] ?? '']));
  const advice = adviseCategories(await kindCensus(desk.database), {
    index: categoryIndex(taxonomy, ids),
    table: ids,
    minScore: look.minScore,
  });
  return { advice, taxonomy, text, columns: table?.columns ?? null, ids };
}

function taxonomyName({ home }: MappingDesk): string {
  return `channel/${home.channel}.taxonomy.txt`;
}
