import type { SignalPort } from '../../src/channel/side-ports.js';
import type { JsonValue } from '../../src/domain/json.js';
import { type Client, objectsOf } from './client.js';
import { refusal } from './refusal.js';

/** Parcels reported to the memory channel. */
export function memorySignals(client: Client): SignalPort {
  return {
    async report(parcels, key) {
      const body = { key, parcels: parcels as unknown as JsonValue };
      const reply = await client({ method: 'POST', path: '/signals', body });
      return objectsOf(reply.results).map((result) => {
        const reference = String(result.reference);
        return typeof result.code === 'string'
          ? { reference, outcome: 'rejected', issues: [refusal(result.code)] }
          : { reference, outcome: 'accepted' };
      });
    },
  };
}
