import type { Database } from '../db/database.js';
import { OperatorError } from '../domain/errors.js';
import type { Instant } from '../domain/instant.js';
import { type HandParcel, shipOpenUnits } from './ship-open-units.js';

/** A parcel named outside the shop: in a file, over the API, by hand. */
export interface NamedParcel {
  readonly channel: string;
  readonly order: string;
  readonly parcel: HandParcel;
}

/** What became of one named parcel. `surplus` and `refused` are for a person; `code`, `message` and `advice` say why. */
export type NamedParcelResult = {
  readonly channel: string;
  readonly order: string;
  readonly reference: string;
} & (
  | { readonly outcome: 'recorded' | 'known' | 'corrected' }
  | {
      readonly outcome: 'surplus' | 'refused';
      readonly code: string;
      readonly message: string;
      readonly advice: string;
    }
);

const SURPLUS = {
  code: 'parcel_holds_what_was_not_ordered',
  message: 'it holds more than is open in the order, and is not announced',
  advice: 'Compare the parcel with the order, and announce what was really sent under another reference.',
} as const;

/**
 * Records parcels so that they are announced, each in a transaction of its own: one that is refused does not keep the others. The same parcels again
 * change nothing. One result per parcel, in their order. Wake `push-shipments` of the channels afterwards.
 */
export async function shipParcels(
  database: Database,
  parcels: readonly NamedParcel[],
  now: Instant,
): Promise<readonly NamedParcelResult[]> {
  const results: NamedParcelResult[] = [];
  for (const parcel of parcels) results.push(await shipParcel(database, parcel, now));
  return results;
}

async function shipParcel(
  database: Database,
  { channel, order, parcel }: NamedParcel,
  now: Instant,
): Promise<NamedParcelResult> {
  const named = { channel, order, reference: parcel.reference };
  try {
    const place = { channel, externalId: order, now };
    const outcome = await database.transaction((tx) => shipOpenUnits(tx, place, parcel));
    if (outcome === 'surplus') return { ...named, outcome, ...SURPLUS };
    if (outcome !== 'incomplete') return { ...named, outcome };
    return {
      ...named,
      outcome: 'refused',
      code: 'no_tracking',
      message: 'carrier or tracking number is missing',
      advice: 'Name both; the channel follows the parcel by them.',
    };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const { code, message, advice } = error;
    return { ...named, outcome: 'refused', code, message, advice };
  }
}
