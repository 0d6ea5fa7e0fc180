import type { ConversionPort } from '../channel/conversion-port.js';
import type { Sealer } from '../channel/credentials.js';
import type { Queries } from '../db/database.js';
import type { Instant } from '../domain/instant.js';
import type { JsonValue } from '../domain/json.js';
import { readPurchase } from './read-purchase.js';
import { keepPurchase } from './store-purchases.js';

/** What became of the purchases of one call. The counts and the refusals together are as many as were told. */
export interface TakenPurchases {
  readonly taken: number;
  /** Told before. */
  readonly known: number;
  readonly withoutConsent: number;
  /** The buyer did not come from this channel. */
  readonly fromElsewhere: number;
  /** By place in the call. */
  readonly refused: readonly { readonly place: number; readonly message: string }[];
}

/** Where purchases are kept. */
export interface PurchaseDesk {
  readonly queries: Queries;
  readonly channel: string;
  readonly port: Pick<ConversionPort, 'claims'>;
  readonly sealer: Sealer;
  readonly now: Instant;
}

/** Keeps what may be reported: purchases with consent whose buyer came from the channel, each order once. */
export async function takePurchases(told: readonly JsonValue[], desk: PurchaseDesk): Promise<TakenPurchases> {
  const counts = { taken: 0, known: 0, withoutConsent: 0, fromElsewhere: 0 };
  const refused: { readonly place: number; readonly message: string }[] = [];
  for (const [place, entry] of told.entries()) {
    const read = readPurchase(entry);
    if (read.outcome === 'refused') refused.push({ place, message: read.message });
    else if (read.outcome === 'no_consent') counts.withoutConsent += 1;
    else if (!desk.port.claims(read.purchase)) counts.fromElsewhere += 1;
    else counts[(await keepPurchase(desk.queries, read.purchase, desk)) ? 'taken' : 'known'] += 1;
  }
  return { ...counts, refused };
}
