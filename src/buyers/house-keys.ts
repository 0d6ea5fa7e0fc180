import { type Sealer, sealer } from '../channel/credentials.js';
import type { Config } from '../config/config.js';
import { dataKey } from '../config/key.js';
import { openDatabase } from '../db/connect.js';
import type { Database } from '../db/database.js';
import type { Clock } from '../domain/instant.js';
import { buyerMarker } from './buyer-marks.js';
import { type BuyerVault, buyerVault } from './buyer-vault.js';
import { keyRing } from './key-ring.js';

/** The house's key and what it opens, each made when first needed: a house that sells nowhere runs without a key. */
export interface HouseKeys {
  sealer(): Promise<Sealer>;
  /** The key itself, for files sealed whole. */
  key(): Promise<Buffer>;
  buyers(): Promise<BuyerVault>;
  close(): Promise<void>;
}

/** Reads the data key once; opens the ring of keys beside the main database. */
export function houseKeys(
  config: Pick<Config, 'keyFile' | 'keyRing'>,
  house: {
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly database: Database;
    readonly clock: Clock;
  },
): HouseKeys {
  let key: Promise<Buffer> | undefined;
  let vault: Promise<BuyerVault> | undefined;
  let own: Database | undefined;
  const read = (): Promise<Buffer> => {
    key ??= dataKey(config.keyFile, house.environment);
    return key;
  };
  const open = async (): Promise<BuyerVault> => {
    const houseKey = await read();
    if (config.keyRing !== null) own = await openDatabase(config.keyRing);
    const ring = await keyRing(own ?? house.database, sealer(houseKey), house.clock);
    return buyerVault(ring, sealer(houseKey), buyerMarker(houseKey));
  };
  return {
    sealer: async () => sealer(await read()),
    key: read,
    buyers() {
      vault ??= open();
      return vault;
    },
    async close() {
      await vault?.catch(() => undefined);
      await own?.close();
    },
  };
}
