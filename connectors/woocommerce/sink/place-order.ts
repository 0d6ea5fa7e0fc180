import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { OrderToPlace, StoreOrder } from '../../../src/domain/store-order.js';
import { API } from '../api-version.js';
import { idIn, listIn, metaText, textOrNothing } from '../read.js';
import type { WooWork } from '../shop-facts.js';
import { type GivenAmounts, givenAmounts } from './given-amounts.js';
import { isCancelled, isDraft } from './order-decode.js';
import { noteOf, orderInput } from './order-input.js';
import { AMOUNTS_META, KEY_META, LINE_META } from './order-meta.js';
import type { OrderReader } from './read-orders.js';
import { soldItems } from './sold-items.js';

/**
 * Places an order in two steps: first one that is `pending`, which takes no stock and writes to nobody, so that a double of it does no harm; then it is
 * confirmed by its id, which may be repeated. Throws ChannelError; `refused` means that nothing took stock.
 */
export async function placeOrder(
  work: WooWork,
  reader: OrderReader,
  toPlace: OrderToPlace,
): Promise<StoreOrder> {
  const amounts = await amountsOf(work, toPlace);
  const skus = amounts.lines.map(({ line }) => line.sku);
  const body = orderInput({
    toPlace,
    amounts,
    items: await soldItems(work.client, skus),
    settings: work.settings,
  });
  const draft = await goodDraft(work, reader, { toPlace, amounts, body });
  const order = draft ?? (await created(work, body));
  await addNote(work, idIn(order), { toPlace, look: draft !== null });
  return reader.placed(await confirmed(work, idIn(order), { key: toPlace.key, free: amounts.free }));
}

async function amountsOf({ settings, facts }: WooWork, { order }: OrderToPlace): Promise<GivenAmounts> {
  if (order.fulfilledBy === 'channel')
    throw refused(
      'channel_fulfilled',
      'The channel ships the order itself',
      'It is not placed: cancelling it later would put units on sale that were never taken.',
    );
  const amounts = givenAmounts(order, settings.taxMode ?? 'untaxed');
  if ('missing' in amounts)
    throw refused('amounts_missing', `The order cannot be placed: ${amounts.missing}`, 'Place it by hand.');
  const { currency } = await facts();
  if (amounts.currency === currency) return amounts;
  throw refused(
    'currency_differs',
    `The order is in ${amounts.currency}, the shop in ${currency}`,
    'Place it in a shop of that currency, or by hand: amounts are never converted.',
  );
}

interface Wanted {
  readonly toPlace: OrderToPlace;
  readonly amounts: GivenAmounts;
  readonly body: JsonObject;
}

/** The draft of an earlier attempt, if it is what would be placed now; one that is not is taken away. Null: there is none to go on with. */
async function goodDraft(work: WooWork, reader: OrderReader, wanted: Wanted): Promise<JsonObject | null> {
  const { draft, key } = wanted.toPlace;
  if (draft === null) return null;
  const order = (await reader.rows([draft])).get(draft);
  if (order === undefined || metaText(order, KEY_META) !== key || isCancelled(order)) throw draftGone(draft);
  if (!isDraft(order) || isSame(order, wanted)) return order;
  await work.client.object({
    operation: 'remove draft',
    method: 'DELETE',
    route: `${API}/orders/${draft}`,
    query: { force: 'true' },
  });
  return null;
}

/** The order may have changed at the channel since the draft was made: then another set of lines is due. */
function isSame(order: JsonObject, { amounts, body }: Wanted): boolean {
  const held = listIn(order, 'line_items').map((line) =>
    lineText(metaText(line, LINE_META), line.quantity, line.total),
  );
  const due = amounts.lines.map(({ line, quantity, total }) => lineText(line.externalId, quantity, total));
  const meta = listIn(body, 'meta_data').find(({ key }) => key === AMOUNTS_META)?.value;
  return metaText(order, AMOUNTS_META) === meta && held.sort().join('\n') === due.sort().join('\n');
}

function lineText(id: string | undefined, quantity: unknown, total: unknown): string {
  return `${id ?? ''} ${Number(quantity)} ${Number(total).toFixed(2)}`;
}

function created({ client }: WooWork, body: JsonObject): Promise<JsonObject> {
  return client.object({ operation: 'create order', method: 'POST', route: `${API}/orders`, body });
}

/** Seen by the shop's people only: a note for the customer would be a mail. Before the confirmation, so that whoever packs sees it from the start. */
async function addNote(
  { client }: WooWork,
  id: string,
  { toPlace, look }: { readonly toPlace: OrderToPlace; readonly look: boolean },
): Promise<void> {
  const note = noteOf(toPlace);
  if (note === null) return;
  const route = `${API}/orders/${id}/notes`;
  const held = look ? await client.list({ operation: 'notes', route }) : [];
  if (held.some((each) => textOrNothing(each, 'note') === note)) return;
  await client.object({ operation: 'add note', method: 'POST', route, body: { note, customer_note: false } });
}

/**
 * Paid: the step that takes stock, once. A body with these members only leaves every amount alone (REST orders controller 11.x, verified 2026-11-23);
 * an order of which nothing is to be paid does not become paid by saying so.
 */
async function confirmed(
  { client }: WooWork,
  id: string,
  { key, free }: { readonly key: string; readonly free: boolean },
): Promise<JsonObject> {
  const order = await client.object({
    operation: 'confirm order',
    method: 'PUT',
    route: `${API}/orders/${id}`,
    body: free ? { status: 'processing' } : { set_paid: true, transaction_id: key },
  });
  if (!isDraft(order)) return order;
  throw new ChannelError(`The shop left order ${id} unpaid`, {
    code: 'not_confirmed',
    kind: 'ambiguous',
    owner: 'operator',
    advice: 'A plugin in the shop keeps orders from being paid. It is tried again by itself.',
  });
}

function draftGone(id: string): ChannelError {
  return new ChannelError(`The draft ${id} is gone in the shop, or is no draft of this order`, {
    code: 'draft_gone',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'Somebody changed it meanwhile; the shop is searched and the order placed again by itself.',
  });
}

function refused(code: string, message: string, advice: string): ChannelError {
  return new ChannelError(message, { code, kind: 'refused', owner: 'operator', advice });
}
