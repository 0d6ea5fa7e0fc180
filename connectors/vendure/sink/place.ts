import { ChannelError } from '../../../src/domain/errors.js';
import type { JsonObject, JsonValue } from '../../../src/domain/json.js';
import type { Buyer, ChannelOrder } from '../../../src/domain/order.js';
import type { OrderToPlace, StoreOrder } from '../../../src/domain/store-order.js';
import { type Client, objectOf, objectsOf, taken } from '../client.js';
import {
  ARRANGE_AND_PAY,
  CREATE_DRAFT,
  changeLines,
  DELETE_DRAFT,
  describeDraft,
  type LineMutation,
  MARK_DRAFT,
  NEEDED,
  PAY,
} from '../documents.js';
import { SHIPPING_CODE } from '../prepare-shop.js';
import type { VendureSettings } from '../settings.js';
import { type GivenLine, type GivenOrder, givenOrder } from './given-lines.js';
import { type LineStep, lineSteps } from './line-steps.js';
import { ordersBy } from './look-up.js';
import { storeOrder } from './read-order.js';

/** What placing needs of the shop. */
export interface Shop {
  readonly client: Client;
  readonly settings: VendureSettings;
}

/**
 * Places an order in steps that each may be repeated: a draft with our key first, which the database takes once; then what is bought, by whom
 * and for what shipping; then the payment, which takes the stock. Whatever was left behind by an earlier attempt is gone on with: the draft is
 * read and only what differs is changed. Throws ChannelError; `refused` means that no stock was taken.
 */
export async function placeOrder(shop: Shop, wanted: OrderToPlace): Promise<StoreOrder> {
  const given = givenOrder(wanted.order);
  const needed = await neededFor(shop, given.lines);
  const id = wanted.draft ?? (await newDraft(shop, wanted, given));
  const found = wanted.draft === null ? { state: 'Draft' } : await orderById(shop, id);
  const filling = { id, wanted, given, needed, held: found };
  if (found.state === 'Draft') await fill(shop, filling);
  const placed = DRAFT_STATES.has(String(found.state)) ? await pay(shop, filling) : found;
  return withTax(placed, wanted.order);
}

const DRAFT_STATES: ReadonlySet<string> = new Set(['Draft', 'ArrangingPayment']);

async function newDraft({ client }: Shop, wanted: OrderToPlace, given: GivenOrder): Promise<string> {
  const data = await client({ operation: 'createDraftOrder', document: CREATE_DRAFT, placing: true });
  const id = String(objectOf(data.createDraftOrder).id);
  const input = { id, customFields: fieldsOf(wanted, given) };
  try {
    await client({
      operation: 'setDraftOrderCustomFields',
      document: MARK_DRAFT,
      variables: { id, input },
      placing: true,
    });
  } catch (error) {
    // Vendure says of a key that is taken already only that the database failed: what counts is who has it.
    const held = await ordersBy(client, { channelOrderId: { eq: wanted.key } });
    const others = held.filter((order) => String(order.id) !== id);
    if (!(error instanceof ChannelError) || others.length === 0) throw error;
    await client({ operation: 'deleteDraftOrder', document: DELETE_DRAFT, variables: { id } });
    throw placedElsewhere(error);
  }
  return id;
}

function fieldsOf({ key, order }: OrderToPlace, given: GivenOrder): JsonObject {
  const collected = order.lines.reduce((total, line) => total + (line.channelCollectedTax?.minor ?? 0), 0);
  return {
    channelOrderId: key,
    channelShipping: given.shipping,
    channelShippingTaxRate: given.shippingTaxRate,
    channelCollectedTax: collected === 0 ? null : collected,
    channelNote: noteOf(order),
  };
}

/** What whoever packs the parcel must know and Vendure has no place for. */
function noteOf(order: ChannelOrder): string {
  const gifts = Object.entries(order.buyer?.giftMessages ?? {}).map(
    ([line, text]) => `Gift message (${line}): ${text}`,
  );
  return [
    ...(order.shipBy === undefined ? [] : [`Ship by ${order.shipBy}`]),
    ...(order.delivery === undefined
      ? []
      : [`Delivery: ${order.delivery.method} ${order.delivery.location ?? ''}`.trim()]),
    ...(order.delivery?.service === undefined ? [] : [`Service: ${order.delivery.service}`]),
    ...(order.iossNumber === undefined ? [] : [`IOSS ${order.iossNumber}`]),
    ...(order.marks === undefined || order.marks.length === 0 ? [] : [`Marks: ${order.marks.join(', ')}`]),
    ...(order.buyer?.taxId === undefined ? [] : [`Tax id of the buyer: ${order.buyer.taxId}`]),
    ...gifts,
    ...(order.buyer?.notes ?? []),
  ].join('\n');
}

interface Filling {
  readonly id: string;
  readonly wanted: OrderToPlace;
  readonly given: GivenOrder;
  readonly needed: Needed;
  readonly held: JsonObject;
}

/** Line changes in one document; an API key makes every call dear (see the README). */
const STEPS_PER_CALL = 40;

async function fill({ client, settings }: Shop, filling: Filling): Promise<void> {
  const { id, wanted, given, needed, held } = filling;
  const steps = lineSteps(given.lines, held, needed.variants);
  for (let from = 0; from < steps.length; from += STEPS_PER_CALL)
    await changeSome(client, id, steps.slice(from, from + STEPS_PER_CALL));
  const address = addressOf(wanted.order.buyer);
  const data = await client({
    operation: 'describeDraft',
    document: describeDraft(address !== null),
    variables: {
      id,
      customer: customerOf(wanted, settings),
      method: needed.shippingMethod,
      ...(address === null ? {} : { address }),
    },
    placing: true,
  });
  taken(data.setCustomerForDraftOrder, 'setCustomerForDraftOrder');
  const now = taken(data.setDraftOrderShippingMethod, 'setDraftOrderShippingMethod');
  // An earlier call whose answer was lost may have been applied meanwhile: what is paid must be exactly what was bought.
  if (lineSteps(given.lines, now, needed.variants).length > 0) throw changedMeanwhile();
}

async function changeSome(client: Client, id: string, steps: readonly LineStep[]): Promise<void> {
  const mutations = steps.map(mutationOf);
  const inputs = Object.fromEntries(mutations.map(({ input }, at) => [`s${at}`, input] as const));
  const document = changeLines(mutations.map(({ name }) => name));
  const data = await client({
    operation: 'changeLines',
    document,
    variables: { id, ...inputs },
    placing: true,
  });
  for (const [at, { name }] of mutations.entries()) taken(data[`s${at}`], name);
}

function mutationOf(step: LineStep): { readonly name: LineMutation; readonly input: JsonValue } {
  if (step.what === 'remove') return { name: 'removeDraftOrderLine', input: step.line };
  if (step.what === 'set')
    return { name: 'adjustDraftOrderLine', input: { orderLineId: step.line, quantity: step.quantity } };
  const { channelLineId, unitPrice, taxRate, quantity } = step.given;
  const customFields = { channelLineId, channelUnitPrice: unitPrice, channelTaxRate: taxRate };
  return { name: 'addItemToDraftOrder', input: { productVariantId: step.variant, quantity, customFields } };
}

async function pay({ client }: Shop, { id, wanted, held }: Filling): Promise<JsonObject> {
  const { channel, order } = wanted;
  const input = { orderId: id, method: channel, transactionId: order.externalId, metadata: {} };
  const arranged = held.state === 'ArrangingPayment';
  const data = await client({
    operation: 'addManualPaymentToOrder',
    document: arranged ? PAY : ARRANGE_AND_PAY,
    variables: arranged ? { input } : { id, input },
    placing: true,
  });
  if (!arranged) taken(data.transitionOrderToState, 'transitionOrderToState');
  return taken(data.addManualPaymentToOrder, 'addManualPaymentToOrder');
}

/**
 * Vendure asks for an e-mail address and knows customers by it. Unless the merchant wants the buyer's own, it is one to which nothing can be
 * delivered, another for each order: nobody is written to, and no two buyers become one customer.
 */
function customerOf({ channel, order }: OrderToPlace, settings: VendureSettings): JsonObject {
  const { name, email, phone } = order.buyer ?? {};
  const words = (name ?? '').trim().split(/\s+/);
  const own = settings.buyerContact === true;
  return {
    firstName: words.length > 1 ? words.slice(0, -1).join(' ') : channel,
    lastName: words.at(-1) || order.externalId,
    emailAddress: (own ? email : undefined) ?? `${order.externalId.toLowerCase()}@${channel}.invalid`,
    ...(own && phone !== undefined ? { phoneNumber: phone } : {}),
  };
}

function addressOf(buyer: Buyer | undefined): JsonObject | null {
  const address = buyer?.address;
  if (address?.country === undefined) return null;
  const [first = '', ...more] = address.lines;
  return {
    ...(buyer?.name === undefined ? {} : { fullName: buyer.name }),
    ...(buyer?.company === undefined ? {} : { company: buyer.company }),
    streetLine1: first,
    ...(more.length === 0 ? {} : { streetLine2: more.join(', ') }),
    ...(address.city === undefined ? {} : { city: address.city }),
    ...(address.region === undefined ? {} : { province: address.region }),
    ...(address.postalCode === undefined ? {} : { postalCode: address.postalCode }),
    countryCode: address.country,
  };
}

/** What is in the shop already. */
interface Needed {
  /** Vendure's ids of variants by SKU. */
  readonly variants: ReadonlyMap<string, string>;
  readonly shippingMethod: string;
}

async function neededFor({ client }: Shop, lines: readonly GivenLine[]): Promise<Needed> {
  const skus = [...new Set(lines.map(({ sku }) => sku))];
  if (skus.length === 0)
    throw refused('nothing_to_place', 'The order has no units left', {
      advice: 'Look at it at the channel.',
    });
  const data = await client({
    operation: 'needed',
    document: NEEDED,
    variables: { skus, code: SHIPPING_CODE },
  });
  const rows = objectsOf(objectOf(data.productVariants).items);
  const variants = new Map<string, string>();
  for (const sku of skus) {
    const [variant, another] = rows.filter((row) => row.sku === sku);
    if (variant === undefined || another !== undefined) throw unclearSku(sku, another !== undefined);
    variants.set(sku, String(variant.id));
  }
  const [method] = objectsOf(objectOf(data.shippingMethods).items);
  if (method !== undefined) return { variants, shippingMethod: String(method.id) };
  throw refused('shipping_method_missing', `The shop has no shipping method "${SHIPPING_CODE}"`, {
    advice: 'Run `omnifeed channel <shop> prepare-shop`; the order is placed again by itself.',
  });
}

function unclearSku(sku: string, twice: boolean): ChannelError {
  return twice
    ? refused('sku_twice', `Two variants of the shop have the SKU "${sku}"`, {
        advice: 'Give them different SKUs in the shop; the order is placed again by itself.',
      })
    : refused('sku_unknown', `The shop has no variant with the SKU "${sku}"`, {
        advice: 'Add it in the shop, or leave the order to a person; it is placed again by itself.',
      });
}

async function orderById({ client }: Shop, id: string): Promise<JsonObject> {
  const [order] = await ordersBy(client, { id: { in: [id] } });
  if (order !== undefined) return order;
  throw new ChannelError(`The order ${id} is gone in the shop`, {
    code: 'draft_gone',
    kind: 'ambiguous',
    owner: 'channel',
    advice:
      'Somebody deleted it while it was placed; the shop is searched and the order placed again by itself.',
  });
}

/**
 * Vendure works out tax from the rate, a unit at a time: it may be a minor unit off for every unit. Its tax is told only where it is further
 * off than that, which is a wrong rate.
 */
function withTax(order: JsonObject, { tax, lines }: ChannelOrder): StoreOrder {
  const read = storeOrder(order);
  if (tax === undefined || read.totals === undefined) return read;
  const minor =
    objectsOf(order.lines).reduce((total, { lineTax }) => total + Number(lineTax), 0) +
    objectsOf(order.shippingLines).reduce(
      (total, line) => total + Number(line.priceWithTax) - Number(line.price),
      0,
    );
  const units = lines.reduce((total, { quantity }) => total + quantity, 0);
  if (Math.abs(minor - tax.minor) <= units + 1) return read;
  return { ...read, totals: { ...read.totals, tax: { minor, currency: tax.currency } } };
}

function placedElsewhere(cause: ChannelError): ChannelError {
  return new ChannelError('Another worker has placed the order meanwhile', {
    code: 'placed_elsewhere',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The order is found by its key in the next round; nothing to do.',
    cause,
  });
}

function changedMeanwhile(): ChannelError {
  return new ChannelError('The draft is not what was put into it', {
    code: 'draft_changed',
    kind: 'ambiguous',
    owner: 'channel',
    advice:
      'An earlier call was applied late, or somebody edits the draft; it is put right in the next round.',
  });
}

function refused(code: string, message: string, { advice }: { readonly advice: string }): ChannelError {
  return new ChannelError(message, { code, kind: 'refused', owner: 'operator', advice });
}
