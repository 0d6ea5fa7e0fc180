import type { JsonObject } from '../../../src/domain/json.js';
import { refusal } from './connections.js';
import { createOrder } from './order-create.js';
import { orderView } from './order-views.js';
import { createRefund, type RefundInput } from './refund-create.js';
import type { ShopWorld } from './shop-world.js';
import { type SetQuantitiesInput, setQuantities } from './stock-set.js';

const PER_MINUTE = 5;
/** A cancellation is a job of this long. */
const JOB_MS = 400;

/** The mutations of the Admin API that this shop carries out. */
export function shopMutations(world: ShopWorld): object {
  const { shop, book } = world;
  return {
    orderCreate({ order, options }: { order: JsonObject; options?: JsonObject | null }) {
      const recent = book.orders.filter(({ createdMs }) => shop.nowMs() - createdMs < 60_000);
      if (shop.switches.developmentStore && recent.length >= PER_MINUTE)
        throw refusal('Throttled', 'THROTTLED');
      const made = createOrder(shop, book, { order, options: options ?? {} });
      return 'order' in made
        ? { order: orderView(made.order, shop.currency), userErrors: [] }
        : { order: null, userErrors: made.complaints };
    },
    orderCancel(args: {
      orderId: string;
      restock: boolean;
      staffNote?: string | null;
      notifyCustomer?: boolean;
    }) {
      const errors = (code: string, message: string) => ({
        job: null,
        orderCancelUserErrors: [{ code, field: ['orderId'], message }],
      });
      const order = book.get(args.orderId);
      if (!order) return errors('NOT_FOUND', 'Order does not exist');
      if (order.cancelledMs !== null) return errors('INVALID', 'Order has already been canceled');
      if ((args.staffNote ?? '').length > 255) return errors('INVALID', 'Staff note is too long');
      if (order.fulfillments.some(({ status }) => status === 'SUCCESS'))
        return errors('INVALID', 'Cannot cancel an order with fulfilled items');
      const closed = shop.locations.filter(({ active }) => !active).map(({ id }) => id);
      if (args.restock && order.fulfillmentOrders.some(({ location }) => closed.includes(location)))
        return errors('INVALID', 'Items cannot be restocked at a deactivated location');
      if (args.notifyCustomer === true) shop.outbox.push(`cancellation of ${order.name}`);
      const id = shop.nextId('Job');
      book.jobs.set(id, shop.nowMs() + JOB_MS);
      book.cancel(order, args.restock);
      return { job: { id, done: false }, orderCancelUserErrors: [] };
    },
    refundCreate: ({ input }: { input: RefundInput }) => createRefund(shop, book, input),
    inventorySetQuantities: ({ input }: { input: SetQuantitiesInput }) => setQuantities(shop, input),
    metafieldDefinitionCreate({
      definition,
    }: {
      definition: { namespace: string; key: string; type: string };
    }) {
      const name = `${definition.namespace} ${definition.key}`;
      if (shop.orderKeys.has(name))
        return {
          createdDefinition: null,
          userErrors: [{ code: 'TAKEN', field: ['definition', 'key'], message: 'Key is in use' }],
        };
      shop.orderKeys.set(name, definition.type);
      return { createdDefinition: { id: 'gid://shopify/MetafieldDefinition/1' }, userErrors: [] };
    },
    webhookSubscriptionCreate(args: { topic: string; webhookSubscription: { uri?: string | null } }) {
      const uri = args.webhookSubscription.uri ?? '';
      const complaint = (message: string) => ({
        webhookSubscription: null,
        userErrors: [{ field: ['webhookSubscription', 'uri'], message }],
      });
      if (!uri.startsWith('https://')) return complaint('Address protocol must be https');
      if (shop.hooks.some((hook) => hook.topic === args.topic && hook.uri === uri))
        return complaint('Address for this topic has already been taken');
      const hook = { id: shop.nextId('WebhookSubscription'), topic: args.topic, uri };
      shop.hooks.push(hook);
      return { webhookSubscription: hook, userErrors: [] };
    },
    bulkOperationRunQuery: (args: { query: string; groupObjects: boolean }) => world.bulk.start(args),
  };
}
