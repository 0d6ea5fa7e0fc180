import type { CatalogRow } from '../catalog/store.js';
import type { ParentListing } from '../channel/family.js';
import type { ListingConnector } from '../channel/listing-connector.js';
import type { ChannelFacts } from '../domain/channel-facts.js';
import type { Instant } from '../domain/instant.js';
import { blocks, type Issue } from '../domain/issue.js';
import { canonicalJson, type JsonObject, type JsonValue } from '../domain/json.js';
import { fingerprint } from '../domain/revision.js';
import type { CompiledMapping, ListingOverride, MappingRow, Note } from '../mapping/types.js';
import type { ChannelShare, StockFacts } from '../stock/available.js';
import { storedPrices } from './guard.js';

/** What a channel should show for one variant, with the attributes it would be sent with. */
export type Desired =
  | {
      readonly state: 'listed' | 'blocked';
      readonly attributes: JsonObject;
      readonly kind: string | null;
      readonly issues: readonly Issue[];
      readonly contentRev: string;
      readonly offerRev: string;
      readonly price: string | null;
      /** The parent of its variation family, where it has one. */
      readonly parent?: ParentListing;
    }
  | { readonly state: 'excluded'; readonly reason: string };

/** Everything one channel needs to work out listings. Belongs to one revision of mapping and settings. */
export interface ListingKit {
  readonly connector: ListingConnector;
  readonly settings: JsonObject;
  readonly channel: ChannelFacts;
  readonly mapping: CompiledMapping;
  readonly offerAttributes: ReadonlySet<string>;
  /** How it shares in the stock. */
  readonly share: ChannelShare;
  /** Changes when mapping, settings or share of stock change: then every listing is worked out again. */
  readonly revision: string;
  /** The catalog row as this channel sees it; `variants`: stock of all variants of its product, where the mapping reads it. */
  rowOf(row: CatalogRow, variants?: readonly StockFacts[]): ListingRow;
  /** The schema a mapped listing is checked against; loaded once. An unknown kind has a check that says so. */
  schemaFor(mapped: Pick<MappedListing, 'kind' | 'attributes'>): KindSchema | Promise<KindSchema>;
}

/** The schema of a kind and its compiled check. */
export interface KindSchema {
  readonly schema: JsonObject;
  validate(attributes: JsonObject): readonly Issue[];
}

/** A variant as one channel sees it: texts in its language, stock after its share, its override. */
export interface ListingRow extends MappingRow {
  /** Why the catalog itself keeps the variant off every channel; null: it may be listed. */
  readonly unlistable: string | null;
  readonly override?: ListingOverride;
}

/** What the mapping made of a row, before the schema of its kind is needed. */
export type Mapped =
  | { readonly state: 'excluded'; readonly reason: string; readonly notes: readonly Note[] }
  | MappedListing;

/** Attributes in the mapping's short form, and the kind of listing they are for. */
export interface MappedListing {
  readonly state: 'mapped';
  readonly kind: string | null;
  readonly attributes: JsonObject;
  readonly issues: readonly Issue[];
  /** Bad data met on the way. */
  readonly notes: readonly Note[];
}

const NO_NOTES: readonly Note[] = [];

/** First half: selection, mapping, rules, overrides. Tells the kind. Pure. */
export function mapRow(
  row: ListingRow,
  kit: Pick<ListingKit, 'connector'> & { readonly mapping: Pick<CompiledMapping, 'run'> },
  today: Instant,
): Mapped {
  const kept = row.unlistable ?? row.override?.exclude;
  if (kept !== undefined) return { state: 'excluded', reason: kept, notes: NO_NOTES };
  const outcome = kit.mapping.run(row, today, row.override);
  const { notes } = outcome;
  if (outcome.kind === 'excluded') return { state: 'excluded', reason: outcome.reason, notes };
  if (outcome.kind === 'too-expensive')
    return { state: 'mapped', kind: null, attributes: {}, issues: [TOO_EXPENSIVE], notes };
  return withKind(outcome.attributes, notes, kit.connector.kindAttribute);
}

function withKind(
  mapped: JsonObject,
  notes: readonly Note[],
  kindAttribute: string | undefined,
): MappedListing {
  const whole = { state: 'mapped', kind: null, attributes: mapped, issues: [], notes } as const;
  if (kindAttribute === undefined) return whole;
  const { [kindAttribute]: kind, ...attributes } = mapped;
  if (typeof kind === 'string' && kind !== '') return { ...whole, kind, attributes };
  const issue: Issue = {
    severity: 'error',
    code: 'missing_kind',
    attribute: kindAttribute,
    origin: 'ours',
    message: `${kindAttribute} is missing`,
    advice: `Let the mapping say which ${kindAttribute} this product has, for example through a lookup table of your categories.`,
  };
  return { ...whole, attributes, issues: [issue] };
}

const TOO_EXPENSIVE: Issue = {
  severity: 'error',
  code: 'mapping_too_expensive',
  origin: 'ours',
  message: 'The mapping needed too many steps for this product.',
  advice: 'Make loops and text operations in the mapping smaller; `omnifeed explain` shows the attribute.',
};

/** Second half: shape, canonical spelling, schema, audit, revisions. Pure. */
export function finishListing(
  mapped: MappedListing,
  kindSchema: KindSchema,
  view: { readonly kit: ListingKit; readonly now: Instant; readonly sku: string },
): Desired {
  const { connector, offerAttributes } = view.kit;
  const { attributes, issues } = judgeListing(mapped, kindSchema, view);
  const parent = connector.family?.(mapped.attributes) ?? null;
  return {
    ...(parent === null ? {} : { parent }),
    state: blocks(issues) ? 'blocked' : 'listed',
    attributes,
    kind: mapped.kind,
    issues,
    ...revisionsOf(attributes, mapped.kind, offerAttributes),
    price: storedPrices(connector.price?.(attributes) ?? null, connector.regularPrice?.(attributes) ?? null),
  };
}

/** Shape, canonical spelling, schema and audit alone: what would be sent, and what is wrong with it. Pure. */
export function judgeListing(
  mapped: MappedListing,
  kindSchema: KindSchema,
  view: { readonly kit: ListingKit; readonly now: Instant; readonly sku: string },
): { readonly attributes: JsonObject; readonly issues: readonly Issue[] } {
  const { kit, now, sku } = view;
  const { connector, settings, channel } = kit;
  const shaped =
    connector.shape?.(mapped.attributes, { settings, channel, schema: kindSchema.schema }) ??
    mapped.attributes;
  const attributes = connector.canonical?.(shaped) ?? shaped;
  const issues = [
    ...mapped.issues,
    ...kindSchema.validate(attributes),
    ...(connector.audit?.(attributes, { channel, now, sku, settings }) ?? []),
  ];
  return { attributes, issues };
}

/** Content and offer hashed apart. The kind belongs to the content. */
function revisionsOf(
  attributes: JsonObject,
  kind: string | null,
  offerAttributes: ReadonlySet<string>,
): { contentRev: string; offerRev: string } {
  const content: JsonValue[] = [kind];
  const offer: JsonValue[] = [];
  for (const name of Object.keys(attributes).sort()) {
    const value = attributes[name];
    if (value !== undefined) (offerAttributes.has(name) ? offer : content).push(name, value);
  }
  return { contentRev: fingerprint(canonicalJson(content)), offerRev: fingerprint(canonicalJson(offer)) };
}

/** The offer attributes of a listing, kept as last sent. */
export function offerOf(attributes: JsonObject, offerAttributes: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => offerAttributes.has(name)));
}
