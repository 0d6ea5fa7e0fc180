import { overrideFor } from '../catalog/override-rows.js';
import type { CatalogRow } from '../catalog/store.js';
import type { ListingConnector } from '../channel/listing-connector.js';
import type { ChannelFacts } from '../domain/channel-facts.js';
import { ChannelError, OmnifeedError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import type { Status } from '../domain/product.js';
import { revisionOf } from '../domain/revision.js';
import type { CompiledMapping } from '../mapping/types.js';
import { compileListingSchema } from '../mapping/validate.js';
import { type ChannelShare, channelStock, productAvailable, type StockFacts } from '../stock/available.js';
import type { Definitions } from './definitions.js';
import type { KindSchema, ListingKit, ListingRow } from './desired.js';

/** What a kit is made of. */
export interface KitParts {
  readonly connector: ListingConnector;
  readonly settings: JsonObject;
  readonly channel: ChannelFacts;
  readonly mapping: CompiledMapping;
  readonly share: ChannelShare;
  /** Schemas as the channel defines them; absent: the connector's own. */
  readonly definitions?: Definitions | undefined;
  /** Compiled schemas of the channel's earlier kits, for the same settings and definitions; more are added. */
  readonly compiled?: Map<string | null, KindSchema>;
}

/** Puts together what one channel needs to work out its listings. The schema of listings without a kind is loaded at once. */
export async function buildListingKit(parts: KitParts): Promise<ListingKit> {
  const { connector, settings, channel, mapping, share, definitions } = parts;
  const schemas = parts.compiled ?? new Map<string | null, KindSchema>();
  const unknown = new Map<string | null, KindSchema>();
  const load = async (name: string | null): Promise<KindSchema> => {
    const loaded = await loadSchema(parts, name);
    if (!loaded.known) unknown.set(name, loaded);
    else keep(schemas, name, loaded);
    return loaded;
  };
  const plain = schemas.get(null) ?? (await load(null));
  return {
    connector,
    settings,
    channel,
    mapping,
    offerAttributes: new Set(connector.offerAttributes),
    share,
    revision: revisionOf([
      mapping.revision,
      revisionOf(settings),
      revisionOf(share as unknown as JsonObject),
      revisionOf(plain.schema),
      definitions?.revision ?? 0,
    ]),
    rowOf: (row, variants) => listingRow(row, parts, variants),
    schemaFor: ({ kind, attributes }) => {
      const name = connector.schemaNameOf ? connector.schemaNameOf(kind, attributes, settings) : kind;
      return schemas.get(name) ?? unknown.get(name) ?? load(name);
    },
  };
}

/** Compiled schemas are large: the longest kept one makes room. The plain one always stays. */
function keep(schemas: Map<string | null, KindSchema>, name: string | null, loaded: KindSchema): void {
  const oldest = [...schemas.keys()].find((each) => each !== null);
  if (schemas.size >= MOST_COMPILED && oldest !== undefined) schemas.delete(oldest);
  schemas.set(name, loaded);
}

const MOST_COMPILED = 100;

/** A kind nobody knows is the mapping's mistake: an issue of the listing. A channel that cannot be asked is a failure of the run. */
async function loadSchema(
  parts: KitParts,
  name: string | null,
): Promise<KindSchema & { readonly known: boolean }> {
  const { connector, settings, definitions } = parts;
  try {
    const defined = name === null ? undefined : definitions?.schemaOf(name);
    const schema = await (defined ?? connector.listingSchema(settings, name));
    return { schema, validate: compileListingSchema(schema, connector.schemaKeywords), known: true };
  } catch (error) {
    if (!(error instanceof OmnifeedError) || error instanceof ChannelError || name === null) throw error;
    const issue = {
      severity: 'error',
      code: error.code,
      origin: 'ours',
      message: error.message,
      advice: error.advice,
    } as const;
    const attribute = connector.kindAttribute;
    return {
      schema: {},
      known: false,
      validate: () => [attribute === undefined ? issue : { ...issue, attribute }],
    };
  }
}

const UNLISTABLE: Readonly<Record<Status, string | null>> = {
  active: null,
  draft: 'the product is a draft',
  archived: 'the product is archived',
  ended: 'no longer in the catalog',
};

function listingRow(row: CatalogRow, parts: KitParts, variants: readonly StockFacts[] = []): ListingRow {
  const override = overrideFor(row.overrides, parts.channel.id);
  const together = productAvailable(variants, parts.share);
  return {
    product: row.product,
    variant: row.variant,
    stock: channelStock(row.stock, parts.share),
    unlistable: UNLISTABLE[row.status],
    ...(together === null ? {} : { productAvailable: together }),
    ...(override === undefined ? {} : { override }),
  };
}
