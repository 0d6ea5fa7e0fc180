import { randomBytes } from 'node:crypto';
import { buyerMarker } from '../../src/buyers/buyer-marks.js';
import { type BuyerVault, buyerVault } from '../../src/buyers/buyer-vault.js';
import type { KeyRing } from '../../src/buyers/key-ring.js';
import { sealer } from '../../src/channel/credentials.js';

/** A vault whose ring of keys is in memory: for tests that are about something else than buyers. */
export function testVault(): BuyerVault {
  const held = new Map<string, Buffer | null>();
  const read = (places: readonly string[]): ReadonlyMap<string, Buffer> =>
    new Map(
      places.flatMap((place) => (held.get(place) ? [[place, held.get(place) as Buffer] as const] : [])),
    );
  const ring: KeyRing = {
    read: async (places) => read(places),
    async make(places) {
      for (const place of places) if (!held.has(place)) held.set(place, randomBytes(32));
      return read(places);
    },
    async destroy(places) {
      for (const place of places) held.set(place, null);
    },
  };
  const key = randomBytes(32);
  return buyerVault(ring, sealer(key), buyerMarker(key));
}
