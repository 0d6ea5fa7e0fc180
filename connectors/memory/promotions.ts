import type { PromotionPort } from '../../src/channel/side-ports.js';
import type { JsonObject, JsonValue } from '../../src/domain/json.js';
import type { PromotionReceipt, PromotionStatus } from '../../src/domain/promotion.js';
import { type Client, objectsOf } from './client.js';
import { refusal } from './refusal.js';

/** Promotions of the memory channel: it reviews a promotion when it is first asked about. */
export function memoryPromotions(client: Client): PromotionPort {
  return {
    async submit(changes, key) {
      const body = { key, changes: changes as unknown as JsonValue };
      const reply = await client({ method: 'POST', path: '/promotions', body });
      return objectsOf(reply.results).map(receiptOf);
    },
    async statuses(promotions) {
      const reply = await client({ method: 'GET', path: '/promotions' });
      const asked = new Set(promotions.map(({ id }) => id));
      return objectsOf(reply.promotions).flatMap((held) =>
        asked.has(String(held.id)) ? [statusOf(held)] : [],
      );
    },
  };
}

function receiptOf(result: JsonObject): PromotionReceipt {
  const id = String(result.id);
  if (typeof result.code === 'string') return { id, outcome: 'rejected', issues: [refusal(result.code)] };
  return { id, outcome: result.ended === true ? 'ended' : 'accepted' };
}

function statusOf(held: JsonObject): PromotionStatus {
  const state = held.state === 'live' || held.state === 'rejected' ? held.state : 'pending';
  return { id: String(held.id), state, issues: state === 'rejected' ? [refusal(held.code)] : [] };
}
