import { catalogPageByProduct, FIRST_PRODUCT, type ProductCursor } from '../catalog/store.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../domain/json.js';
import { FUNCTIONS } from '../mapping/functions/table.js';
import { readLookupTable } from '../mapping/lookups.js';
import type { MappingSources } from '../mapping/sources.js';
import { listingRows } from '../sync/listing-rows.js';
import { FieldCensus, type FieldFacts } from './field-census.js';
import { compileText, emptyMapping, type MappingDesk } from './mapping-desk.js';

/** A function of the language, for completion. */
export interface FunctionFacts {
  readonly name: string;
  readonly group: string;
  readonly signatures: readonly string[];
  readonly doc: string;
  readonly example: { readonly source: string; readonly result: string };
}

/** An attribute of the channel, for completion and for the table of attributes. */
export interface AttributeFacts {
  readonly name: string;
  readonly required: boolean;
  readonly doc: string | null;
  /** What may be written; empty: anything of its type. */
  readonly values: readonly string[];
  readonly longest: number | null;
}

/** Everything an editor of a channel's mapping can offer. */
export interface MappingEnvironment {
  readonly fields: readonly FieldFacts[];
  /** Variants that fill rates and samples come from. */
  readonly sampled: number;
  readonly functions: readonly FunctionFacts[];
  readonly lookups: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly keys: number;
  }[];
  readonly attributes: readonly AttributeFacts[];
}

const SAMPLE = 2_000;

/** What an editor can offer for a channel, from the language, the catalog's first variants and the channel's schema of a kind. */
export async function mappingEnvironment(
  desk: MappingDesk,
  kind: string | null,
): Promise<MappingEnvironment> {
  const kit = await desk.kit(compileText(desk, emptyMapping(desk.connector.id)));
  const census = new FieldCensus();
  let sampled = 0;
  for (let cursor: ProductCursor | null = FIRST_PRODUCT; cursor !== null && sampled < SAMPLE; ) {
    const page: Awaited<ReturnType<typeof catalogPageByProduct>> = await catalogPageByProduct(
      desk.database,
      cursor,
      SAMPLE / 2,
    );
    for (const row of await listingRows(desk.database, kit, page.rows)) {
      if (row.unlistable !== null) continue;
      census.add(row);
      sampled++;
    }
    cursor = page.next;
  }
  const { schema } = await kit.schemaFor({ kind, attributes: {} });
  return {
    fields: census.all(),
    sampled,
    functions: FUNCTIONS.map(({ name, group, signatures, doc, example }) => ({
      name,
      group,
      signatures,
      doc,
      example,
    })),
    lookups: lookupFacts(desk.place.sources),
    attributes: attributeFacts(schema),
  };
}

function lookupFacts(sources: MappingSources | undefined): MappingEnvironment['lookups'] {
  return (sources?.lookupNames?.() ?? []).flatMap((name) => {
    const csv = sources?.readLookup(name) ?? null;
    const table = csv === null ? null : readLookupTable(name, csv).table;
    return table === null ? [] : [{ name, columns: table.columns, keys: table.rows.size }];
  });
}

function attributeFacts(schema: JsonObject): readonly AttributeFacts[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = new Set(isJsonArray(schema.required) ? schema.required : []);
  return Object.entries(properties).map(([name, property]): AttributeFacts => {
    const facts = isJsonObject(property) ? property : {};
    const values = isJsonArray(facts.enum) ? facts.enum.map(String) : [];
    return {
      name,
      required: required.has(name),
      doc: typeof facts.description === 'string' ? facts.description : null,
      values,
      longest: typeof facts.maxLength === 'number' ? facts.maxLength : null,
    };
  });
}
