import type { OpenChannel } from '../channel/connector.js';
import type { SourcePort } from '../channel/store-ports.js';
import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Clock } from '../domain/instant.js';
import { type ImportInput, importSource } from './import.js';
import type { ImportResult } from './import-result.js';
import { provenAsOf, readCounts, readShop, type ShopCounts, sinceOf } from './read-shop.js';
import { noteReading, setStock, type VariantReading } from './set-stock.js';

/** Where an import runs. */
export interface ImportPlace {
  readonly database: Database;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The ports of a channel, for sources that are shops. */
  open(channel: string): OpenChannel;
}

/** An import from a shop. */
export interface ShopImport extends Omit<ImportInput, 'read' | 'clock'> {
  /** Id of the channel that is the shop. */
  readonly channel: string;
  /** Whatever was read before, everything is read. */
  readonly whole: boolean;
  readonly signal: AbortSignal;
}

/**
 * Imports products and counts from a shop: once a day everything, in between what changed. Counts of products that did not change, or whose
 * import waits for a person, are taken too: what may be sold must stay true. A page that failed changes nothing.
 * Throws ChannelError, and `no_products_there` when the channel is no shop.
 */
export async function importShop(place: ImportPlace, order: ShopImport): Promise<ImportResult> {
  const { clock, database } = place;
  const { channel, whole, signal, ...input } = order;
  const shop = shopOf(place, channel);
  const askedAt = clock.now();
  let counts: ShopCounts = null;
  const result = await importSource(database, {
    ...input,
    clock,
    async read(_report, _known, last) {
      const since = whole || input.source.role === 'supplemental' ? null : sinceOf(last, askedAt);
      const reading = { clock, signal, since };
      counts = await readCounts(shop, reading);
      const read = { askedAt, wholeAt: since === null ? askedAt : (last?.wholeAt ?? askedAt) };
      return readShop(shop, { ...reading, counts, read: since === null ? read : { ...read, since } });
    },
  });
  if (result.state === 'held' || result.changedSince !== undefined) {
    const cause = `import:${result.importId}`;
    await setStock(database, listed(counts), { owner: input.source.id, cause, at: clock.now() });
  }
  if (counts !== null) await noteReading(database, input.source.id, provenAsOf(askedAt));
  return result;
}

function shopOf(place: ImportPlace, channel: string): SourcePort {
  const { source } = place.open(channel);
  if (source) return source;
  throw new OperatorError(
    'no_products_there',
    `Channel "${channel}" is no shop: it has no products to import`,
    'Name the channel of your shop in `channel:` of the source.',
  );
}

function listed(counts: ShopCounts): readonly VariantReading[] {
  return [...(counts ?? [])].flatMap(([sku, readings]) =>
    readings.map(({ location, onHand, asOf }) => ({
      sku,
      location,
      onHand,
      ...(asOf === undefined ? {} : { asOf }),
    })),
  );
}
