import { overrideFor } from '../catalog/override-rows.js';
import type { CatalogRow } from '../catalog/store.js';
import type { Connector } from '../channel/connector.js';
import type { ChannelFacts } from '../domain/channel-facts.js';
import { ChannelError, OmnifeedError } from '../domain/errors.js';
import type { JsonObject } from '../domain/json.js';
import type { Status } from '../domain/product.js';
import { revisionOf } from '../domain/revision.js';
import type { CompiledMapping } from '../mapping/types.js';
import { compileListingSchema } from '../mapping/validate.js';
import { type ChannelShare, channelStock, productAvailable, type StockFacts } from '../stock/available.js';
import type { KindSchema, ListingKit, ListingRow } from './desired.js';

/** What a kit is made of. */
export interface KitParts {
  readonly connector: Connector;
  readonly settings: JsonObject;
  readonly channel: ChannelFacts;
  readonly mapping: CompiledMapping;
  readonly share: ChannelShare;
}

/** Puts together what one channel needs to work out its listings. The schema of listings without a kind is loaded at once. */
export async function buildListingKit(parts: KitParts): Promise<ListingKit> {
  const { connector, settings, channel, mapping, share } = parts;
  const schemas = new Map<string | null, KindSchema>();
  const schemaOf = async (kind: string | null): Promise<KindSchema> => {
    const known = schemas.get(kind);
    if (known) return known;
    const loaded = await loadSchema(connector, settings, kind);
    schemas.set(kind, loaded);
    return loaded;
  };
  const plain = await schemaOf(null);
  return {
    connector,
    settings,
    channel,
    mapping,
    offerAttributes: new Set(connector.offerAttributes),
    revision: revisionOf([
      mapping.revision,
      revisionOf(settings),
      revisionOf(share as unknown as JsonObject),
      revisionOf(plain.schema),
    ]),
    rowOf: (row, variants) => listingRow(row, parts, variants),
    loadedSchema: (kind) => schemas.get(kind),
    schemaOf,
  };
}

/** A kind nobody knows is the mapping's mistake: an issue of the listing. A channel that cannot be asked is a failure of the run. */
async function loadSchema(
  connector: Connector,
  settings: JsonObject,
  kind: string | null,
): Promise<KindSchema> {
  try {
    const schema = await connector.listingSchema(settings, kind);
    return { schema, validate: compileListingSchema(schema, connector.schemaKeywords) };
  } catch (error) {
    if (!(error instanceof OmnifeedError) || error instanceof ChannelError || kind === null) throw error;
    const issue = {
      severity: 'error',
      code: error.code,
      origin: 'ours',
      message: error.message,
      advice: error.advice,
    } as const;
    const attribute = connector.kindAttribute;
    return { schema: {}, validate: () => [attribute === undefined ? issue : { ...issue, attribute }] };
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
