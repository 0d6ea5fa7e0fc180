import type { CatalogRow } from '../catalog/store.js';
import { OperatorError } from '../domain/errors.js';
import type { Issue } from '../domain/issue.js';
import { type JsonValue, sameJson } from '../domain/json.js';
import { pathSentence } from '../mapping/path-sentence.js';
import type { CompiledMapping, Diagnostic } from '../mapping/types.js';
import { explainRow, knownRow, type ListingExplanation } from '../sync/explain-channel.js';
import { checkText, compileText, type MappingDesk } from './mapping-desk.js';
import { publishedMapping } from './publish.js';

/** One attribute of a product with a draft, beside what is published. Absent values: the attribute is not there. */
export interface PreviewedAttribute {
  readonly name: string;
  readonly before?: JsonValue;
  readonly after?: JsonValue;
  readonly changed: boolean;
  /** How the draft's value came about. */
  readonly reason: string;
  readonly issues: readonly Issue[];
  readonly notes: readonly string[];
}

/** What a draft makes of one product. */
export interface Preview {
  readonly sku: string;
  /** Faults of the draft; with errors among them there is nothing else. */
  readonly diagnostics: readonly Diagnostic[];
  readonly listing: {
    readonly before: Outcome;
    readonly after: Outcome;
    /** Differences first, then attributes with issues, then the rest in the mapping's order. */
    readonly attributes: readonly PreviewedAttribute[];
    /** Issues of no attribute the mapping writes. */
    readonly issues: readonly Issue[];
    /** What the draft read of this product: path of an expression → value, for looking at while one writes. */
    readonly values: Readonly<Record<string, JsonValue>>;
  } | null;
}

/** Whether there is a listing, and why not. */
export interface Outcome {
  readonly outcome: ListingExplanation['outcome'];
  readonly reason: string | null;
}

/** Shows what a text would make of one SKU, beside what is published. Throws `unknown_sku`. */
export async function previewText(desk: MappingDesk, sku: string, text: string): Promise<Preview> {
  const row = await knownRow(desk.database, sku);
  const mapping = compiledOrNull(desk, text);
  if (mapping === null) return { sku, diagnostics: (await checkText(desk, text)).diagnostics, listing: null };
  const kit = await desk.kit(mapping);
  const after = await explained(desk, { ...kit, mapping }, row);
  const before = await explained(desk, { ...kit, mapping: await publishedMapping(desk) }, row);
  return {
    sku,
    diagnostics: [],
    listing: {
      before: outcomeOf(before),
      after: outcomeOf(after),
      attributes: previewed(before, after),
      issues: after.issues,
      values: valuesRead(after),
    },
  };
}

function valuesRead({ attributes, excluded }: ListingExplanation): Readonly<Record<string, JsonValue>> {
  const steps = attributes.flatMap((attribute) => attribute.steps);
  const sources = [
    excluded?.sources ?? {},
    ...steps.flatMap(({ sources, when }) => [sources ?? {}, when ?? {}]),
  ];
  return Object.assign({}, ...sources) as Readonly<Record<string, JsonValue>>;
}

function compiledOrNull(desk: MappingDesk, text: string): CompiledMapping | null {
  try {
    return compileText(desk, text);
  } catch (error) {
    if (error instanceof OperatorError && error.code === 'mapping_has_errors') return null;
    throw error;
  }
}

function explained(
  desk: MappingDesk,
  kit: Parameters<typeof explainRow>[0]['kit'],
  row: CatalogRow,
): Promise<ListingExplanation> {
  return explainRow({ database: desk.database, clock: desk.clock, kit }, row);
}

function outcomeOf({ outcome, excluded }: ListingExplanation): Outcome {
  return { outcome, reason: excluded?.reason ?? null };
}

function previewed(before: ListingExplanation, after: ListingExplanation): readonly PreviewedAttribute[] {
  const was = new Map(before.attributes.map((attribute) => [attribute.name, attribute]));
  const is = new Map(after.attributes.map((attribute) => [attribute.name, attribute]));
  const all = [...new Set([...is.keys(), ...was.keys()])].map((name): PreviewedAttribute => {
    const old = (was.get(name)?.value ?? null) as JsonValue;
    const now = is.get(name);
    const value = (now?.value ?? null) as JsonValue;
    return {
      name,
      ...(old === null ? {} : { before: old }),
      ...(value === null ? {} : { after: value }),
      changed: !sameJson(old, value),
      reason: now === undefined ? '' : pathSentence(now),
      issues: now?.issues ?? [],
      notes: now?.notes ?? [],
    };
  });
  const rank = ({ changed, issues }: PreviewedAttribute): number => (changed ? 0 : issues.length > 0 ? 1 : 2);
  return all.sort((a, b) => rank(a) - rank(b));
}
