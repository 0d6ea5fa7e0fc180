import type { ChannelAction } from '../../../src/channel/channel-action.js';
import { ChannelError, OperatorError } from '../../../src/domain/errors.js';
import type { JsonObject } from '../../../src/domain/json.js';
import type { ListingWork } from '../listing-work.js';
import { regionOfQueue } from './queue-client.js';

const TYPE = 'ORDER_CHANGE';
const PAYLOAD = '1.0';
const NAME = 'omnifeed-orders';

/**
 * Has Amazon send order changes to the queue of the settings: a destination of the application, a subscription of the seller. What is there already is
 * kept; a subscription to another destination is told, never changed, for another program may live on it.
 */
export function orderQueueAction(work: ListingWork): ChannelAction {
  return {
    title:
      'has Amazon tell changed orders to the queue of the settings (`orderQueue`), and says whether it does',
    parameters: { type: 'object', additionalProperties: false, properties: {} },
    run: () => connectQueue(work),
  };
}

async function connectQueue(work: ListingWork): Promise<JsonObject> {
  const arn = arnOf(work);
  const before = await subscription(work);
  const known = await destination(work, arn);
  // Before anything is made: what is sent elsewhere stays so, and leaves nothing of ours behind.
  if (before !== null && before.destinationId !== known) throw sentElsewhere();
  if (before !== null)
    return { queue: arn, destination: known, subscription: before.subscriptionId ?? '', made: false };
  const destinationId = known ?? (await createDestination(work, arn));
  const { body } = await work.client.call('createSubscription', {
    path: { notificationType: TYPE },
    body: {
      payloadVersion: PAYLOAD,
      destinationId,
      processingDirective: {
        eventFilter: {
          eventFilterType: TYPE,
          orderChangeTypes: ['OrderStatusChange', 'BuyerRequestedChange'],
        },
      },
    },
  });
  return {
    queue: arn,
    destination: destinationId,
    subscription: body.payload?.subscriptionId ?? '',
    made: true,
  };
}

/** The seller's subscription; null: there is none. */
async function subscription(work: ListingWork): Promise<{
  readonly destinationId: string | undefined;
  readonly subscriptionId: string | undefined;
} | null> {
  try {
    const { body } = await work.client.call('getSubscription', {
      path: { notificationType: TYPE },
      query: { payloadVersion: PAYLOAD },
    });
    const { destinationId, subscriptionId } = body.payload ?? {};
    return { destinationId, subscriptionId };
  } catch (error) {
    if (error instanceof ChannelError && error.code === 'not_found') return null;
    throw error;
  }
}

/** Amazon takes a queue as a destination of an application only once. */
async function destination(work: ListingWork, arn: string): Promise<string | null> {
  const { body } = await work.client.call('getDestinations', {});
  const own = (body.payload ?? []).find(({ resource }) => resource?.sqs?.arn === arn);
  return own?.destinationId ?? null;
}

async function createDestination(work: ListingWork, arn: string): Promise<string> {
  const { body } = await work.client.call('createDestination', {
    body: { name: NAME, resourceSpecification: { sqs: { arn } } },
  });
  const { destinationId } = body.payload ?? {};
  if (destinationId !== undefined) return destinationId;
  throw new ChannelError('createDestination answered without a destination', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'Run it again: a destination that was made is found.',
  });
}

function arnOf(work: ListingWork): string {
  const { orderQueue } = work.settings;
  if (orderQueue === undefined)
    throw new OperatorError(
      'no_order_queue',
      'The settings of the channel name no queue',
      'Add `orderQueue` with address and access key; the README of the connector says how.',
    );
  const [account = '', name = ''] = new URL(orderQueue.url).pathname.slice(1).split('/');
  return `arn:aws:sqs:${regionOfQueue(orderQueue)}:${account}:${name}`;
}

function sentElsewhere(): OperatorError {
  return new OperatorError(
    'subscribed_elsewhere',
    'Amazon already sends order changes of this seller to another queue',
    'There is one subscription per application and seller. If nothing else reads that queue, delete the subscription, or name its queue in `orderQueue`.',
  );
}
