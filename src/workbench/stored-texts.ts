import type { Queries } from '../db/database.js';
import type { StoredTexts } from '../mapping/draft-sources.js';
import { lookupDocument, lookupNameOf, type MappingHome } from './mapping-home.js';
import { storedText } from './versions.js';

/** What the console published for a channel and no file of the merchant's holds: its mapping and lookup tables. */
export async function publishedTexts(queries: Queries, home: MappingHome): Promise<Required<StoredTexts>> {
  const { mapping } = home;
  const own = mapping.file === null ? (await storedText(queries, mapping.name)).text : null;
  return {
    mappings: new Map(own === null ? [] : [[mapping.name, { file: mapping.name, text: own }]]),
    lookups: await storedLookups(queries, home),
  };
}

async function storedLookups(queries: Queries, home: MappingHome): Promise<ReadonlyMap<string, string>> {
  const rows = await queries.all<{ document: string; body: string }>(
    `SELECT v.document, t.body FROM mapping_version v JOIN mapping_text t ON t.hash = v.hash
     WHERE v.document LIKE '%.csv' AND v.number = (SELECT MAX(n.number) FROM mapping_version n WHERE n.document = v.document)`,
  );
  const found = new Map<string, string>();
  for (const { document, body } of rows) {
    const name = lookupNameOf(home, document);
    if (name !== null && lookupDocument(home, name).file === null) found.set(name, body);
  }
  return found;
}
