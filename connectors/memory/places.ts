import type { PlacePort } from '../../src/channel/side-ports.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import type { PlaceChange, PlaceReceipt } from '../../src/domain/place.js';
import { type Client, objectsOf } from './client.js';
import { refusal } from './refusal.js';

/** Stock per store or region of the memory channel. */
export function memoryPlaces(client: Client): PlacePort {
  return {
    async submit(changes, key) {
      const body = { key, changes: changes as unknown as JsonValue };
      const reply = await client({ method: 'POST', path: '/places', body });
      const answers = new Map(objectsOf(reply.results).map((result) => [String(result.key), result]));
      return changes.flatMap((change) => {
        const answer = answers.get(`${change.kind} ${change.place} ${change.sku}`);
        return answer ? [receiptOf(change, answer)] : [];
      });
    },
  };
}

function receiptOf({ sku, kind, place }: PlaceChange, answer: JsonObject): PlaceReceipt {
  const of = { sku, kind, place };
  if (typeof answer.code !== 'string') return { ...of, outcome: 'accepted' };
  // The listing is processed later than it was accepted: no fault of the stock.
  if (answer.code === 'unknown_listing') return { ...of, outcome: 'retry', code: answer.code };
  return { ...of, outcome: 'rejected', issues: [refusal(answer.code)] };
}
