import { refundDocument } from '../../src/channel/refund-document.js';
import { storeAnswer } from '../../src/channel/store-answer.js';
import { storeDocument } from '../../src/channel/store-document.js';
import type { SinkPort } from '../../src/channel/store-ports.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/domain/json.js';
import type {
  BookedRefund,
  RefundToBook,
  StoreCancellation,
  StoreOrder,
} from '../../src/domain/store-order.js';
import type { ShopClient } from './client.js';
import type { WebhookShopSettings } from './settings.js';

const IDS_PER_CALL = 50;

/**
 * A shop that speaks our words: orders are posted to it, and it answers what it made. It promises that one key is one order; whether it keeps the
 * promise we do not know, so every order is asked for by its key before it is posted.
 */
export function webhookSink(client: ShopClient, settings: WebhookShopSettings): SinkPort {
  const { cancelAddress, refundAddress } = settings;
  return {
    uncertainty: { quietMs: 60_000, searchAgainMs: 30_000 },
    async place(toPlace) {
      const { key } = toPlace;
      const document = storeDocument(toPlace, { buyerContact: settings.buyerContact === true });
      const answer = storeAnswer(await client({ operation: 'place', body: document, idempotencyKey: key }));
      if (answer.key === key) return answer.order;
      throw strangers('place');
    },
    async find(key) {
      const answers = ordersIn(await client({ operation: 'find', query: { key } })).map(storeAnswer);
      if (answers.some((answer) => answer.key !== key)) throw strangers('find');
      return answers.map(({ order }) => order);
    },
    async read(storeIds) {
      const found = new Map<string, StoreOrder>();
      for (let from = 0; from < storeIds.length; from += IDS_PER_CALL) {
        const ids = storeIds.slice(from, from + IDS_PER_CALL);
        const answer = await client({ operation: 'read', query: { ids: JSON.stringify(ids) } });
        const asked = new Set(ids);
        for (const row of ordersIn(answer)) {
          const order = readOrAsk(row, asked);
          if (!asked.has(order.storeId)) throw strangers('read');
          found.set(order.storeId, order);
        }
      }
      return storeIds.map(
        (storeId) => found.get(storeId) ?? { storeId, gone: true, cancelled: false, shipments: [] },
      );
    },
    ...(cancelAddress === undefined
      ? {}
      : { cancel: (cancellation) => cancelAt(client, cancelAddress, cancellation) }),
    ...(refundAddress === undefined ? {} : { refund: (refund) => refundAt(client, refundAddress, refund) }),
  };
}

/** An order that is told in a form we cannot read is there all the same: a person looks at it, and it holds up no other. */
function readOrAsk(row: JsonValue, asked: ReadonlySet<string>): StoreOrder {
  try {
    return storeAnswer(row).order;
  } catch (error) {
    const id = isJsonObject(row) ? row.id : undefined;
    if (!(error instanceof ChannelError) || typeof id !== 'string' || !asked.has(id)) throw error;
    return { storeId: id, cancelled: false, shipments: [], needsPerson: `${error.message}.` };
  }
}

async function cancelAt(
  client: ShopClient,
  address: string,
  { storeId, key, reason, units }: StoreCancellation,
): Promise<readonly Issue[]> {
  const body = {
    id: storeId,
    key,
    reason,
    units:
      units?.map(({ lineExternalId, sku, quantity }) => ({ line: lineExternalId, sku, quantity })) ?? null,
  };
  const answer = await client({ operation: 'cancel', address, body, idempotencyKey: key });
  return rowsIn(answer, 'issues').map((each) => issueOf(each, { code: 'cancel_refused', what: 'cancel' }));
}

/** `{ "refund": "<id>" }` says that it stands there, issues beside it what a person must still do; issues alone that it does not. */
async function refundAt(client: ShopClient, address: string, refund: RefundToBook): Promise<BookedRefund> {
  const body = refundDocument(refund);
  const answer = await client({ operation: 'refund', address, body, idempotencyKey: refund.key });
  const left = rowsIn(answer, 'issues').map((each) =>
    issueOf(each, { code: 'refund_refused', what: 'book the refund' }),
  );
  const { refund: reference } = answer;
  if (typeof reference === 'string' && reference !== '')
    return { booked: true, reference: reference.slice(0, 200), left };
  if (left.length > 0) return { booked: false, left };
  throw unreadable('issues, and no refund');
}

/** Why the shop did not do it: a person takes it from there. */
function issueOf(
  { message, advice }: JsonObject,
  { code, what }: { readonly code: string; readonly what: string },
): Issue {
  return {
    severity: 'error',
    code,
    origin: 'channel',
    message:
      typeof message === 'string' ? message.slice(0, 300) : `The shop did not ${what} and did not say why.`,
    ...(typeof advice === 'string' ? { advice: advice.slice(0, 300) } : {}),
  };
}

/** `{ "orders": [] }` is none; an answer without the list is no answer. */
function ordersIn(answer: JsonObject): readonly JsonValue[] {
  const { orders } = answer;
  if (isJsonArray(orders)) return orders;
  throw unreadable('orders');
}

function rowsIn(answer: JsonObject, name: string): readonly JsonObject[] {
  const rows = answer[name] ?? [];
  if (isJsonArray(rows) && rows.every(isJsonObject)) return rows as readonly JsonObject[];
  throw unreadable(name);
}

function unreadable(name: string): ChannelError {
  return new ChannelError(`The shop’s answer has no list ${name}`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'operator',
    advice: 'Correct what the shop answers; the README of the connector has the form.',
  });
}

function strangers(operation: string): ChannelError {
  return new ChannelError(`${operation}: the shop answered with another order than it was asked for`, {
    code: 'search_shows_others',
    kind: 'ambiguous',
    owner: 'operator',
    advice: 'Nothing is placed as long as the shop cannot be asked for one key. Correct it there.',
  });
}
