import { ChannelError } from '../../../src/domain/errors.js';
import type { Issue } from '../../../src/domain/issue.js';
import type {
  OrderMessage,
  OrderMessageAnswer,
  OrderMessageVerdict,
} from '../../../src/domain/order-message.js';
import { createFeed, downloadResult, uploadDocument } from '../feeds/transport.js';
import type { ListingWork } from '../listing-work.js';
import { ORDER_FEED_CONTENT, orderEnvelope } from './order-envelope.js';
import {
  type FedMessage,
  feedKindOf,
  type OrderFeedBody,
  type OrderFeedKind,
  orderFeedBody,
} from './order-feed-bodies.js';
import { type ProcessingResult, readProcessingReport } from './processing-report.js';

/** A feed under way: its id, and the references of its messages in their order. */
interface Handed {
  readonly feedId: string;
  readonly refund: boolean;
  readonly references: readonly string[];
}

/**
 * Tells Amazon of acknowledgements, cancellations and refunds: there is no operation for them, only XML feeds. One feed carries one kind, so a call
 * hands over the messages of the first one's kind; the others are told with the next call.
 */
export async function tellOrders(
  work: ListingWork,
  messages: readonly FedMessage[],
): Promise<OrderMessageAnswer> {
  const [first] = messages;
  if (first === undefined) return { handle: null, verdicts: [] };
  const kind = feedKindOf(first);
  const own = messages.filter((message) => feedKindOf(message).feedType === kind.feedType);
  const others = messages.filter((message) => !own.includes(message));
  const verdicts: OrderMessageVerdict[] = others.map(({ reference, orderExternalId }) => ({
    reference,
    orderExternalId,
    outcome: 'retry',
    code: 'other_feed',
    againInMs: 1_000,
  }));
  const bodies: { readonly message: FedMessage; readonly body: OrderFeedBody }[] = [];
  for (const message of own) {
    const body = orderFeedBody(message);
    if (body === null) verdicts.push(rejected(message, PARTIAL));
    else bodies.push({ message, body });
  }
  if (bodies.length === 0) return { handle: null, verdicts };
  const feedId = await hand(work, kind, bodies);
  if (feedId === null) {
    if (first.kind !== 'refund') throw lost();
    return {
      handle: null,
      verdicts: [...verdicts, ...bodies.map(({ message }) => rejected(message, UNKNOWN))],
    };
  }
  const handed: Handed = {
    feedId,
    refund: first.kind === 'refund',
    references: bodies.map(({ message }) => nameOf(message)),
  };
  return { handle: JSON.stringify(handed), verdicts };
}

async function hand(
  work: ListingWork,
  kind: OrderFeedKind,
  bodies: readonly { readonly body: OrderFeedBody }[],
): Promise<string | null> {
  const document = orderEnvelope(
    work.settings.sellerId,
    kind.messageType,
    bodies.map(({ body }) => body),
  );
  const documentId = await uploadDocument(work, document, ORDER_FEED_CONTENT);
  return createFeed(work, kind.feedType, documentId);
}

/** What became of a feed of order messages; null: Amazon is not through with it. */
export async function toldOrders(
  work: ListingWork,
  handle: string,
): Promise<readonly OrderMessageVerdict[] | null> {
  const handed = JSON.parse(handle) as Handed;
  const { body } = await work.client.call('getFeed', { path: { feedId: handed.feedId } });
  if (body.processingStatus === 'CANCELLED')
    return handed.references.map((name) => again(name, 'feed_cancelled'));
  if (body.processingStatus === 'FATAL')
    return handed.references.map((name) =>
      handed.refund
        ? { ...named(name), outcome: 'rejected', issues: [UNKNOWN] }
        : again(name, 'feed_given_up'),
    );
  if (body.processingStatus !== 'DONE' || body.resultFeedDocumentId === undefined) return null;
  const result = await downloadResult(work, body.resultFeedDocumentId);
  const results = readProcessingReport(result.toString('utf8'));
  const whole = results.get(0)?.filter(({ severity }) => severity === 'error') ?? [];
  return handed.references.map((name, at) => verdictOf(name, [...whole, ...(results.get(at + 1) ?? [])]));
}

function verdictOf(name: string, results: readonly ProcessingResult[]): OrderMessageVerdict {
  const issues = results.map(
    ({ severity, code, text }): Issue => ({ severity, code, origin: 'channel', message: text }),
  );
  const refused = results.some(({ severity }) => severity === 'error');
  if (refused) return { ...named(name), outcome: 'rejected', issues };
  return { ...named(name), outcome: 'accepted', ...(issues.length === 0 ? {} : { issues }) };
}

function again(name: string, code: string): OrderMessageVerdict {
  return { ...named(name), outcome: 'retry', code, againInMs: 60_000 };
}

function rejected(message: OrderMessage, issue: Issue): OrderMessageVerdict {
  const { reference, orderExternalId } = message;
  return { reference, orderExternalId, outcome: 'rejected', issues: [issue] };
}

/** A reference is unique within its order only. Amazon’s order ids hold no space. */
function nameOf({ orderExternalId, reference }: OrderMessage): string {
  return `${orderExternalId} ${reference}`;
}

function named(name: string): Pick<OrderMessageVerdict, 'orderExternalId' | 'reference'> {
  const at = name.indexOf(' ');
  return { orderExternalId: name.slice(0, at), reference: name.slice(at + 1) };
}

const PARTIAL: Issue = {
  severity: 'error',
  code: 'whole_lines_only',
  origin: 'ours',
  message: 'Amazon cancels whole lines of an order only',
  advice: 'Send what is left and give the rest back as a refund, or cancel the whole line in Seller Central.',
};

const UNKNOWN: Issue = {
  severity: 'error',
  code: 'refund_unknown',
  origin: 'channel',
  message: 'It is not known whether Amazon took the refund',
  advice:
    'Look at the order in Seller Central before you tell it again: money that went back does not return.',
};

function lost(): ChannelError {
  return new ChannelError('the answer to createFeed was lost', {
    code: 'feed_unknown',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'It is told again by itself; Amazon takes a repeated acknowledgement or cancellation as one.',
  });
}
