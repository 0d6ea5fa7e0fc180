import { createHash } from 'node:crypto';
import aws4 from 'aws4';
import { failureOf, jsonObjectOf } from '../../../src/channel/classify.js';
import type { Host } from '../../../src/channel/connector.js';
import type { HttpReply } from '../../../src/channel/http.js';
import { ChannelError } from '../../../src/domain/errors.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import type { OrderQueueSettings } from '../settings.js';

/** A message as the queue hands it out. */
export interface QueueMessage {
  readonly receipt: string;
  readonly body: string;
  readonly received: number;
}

/** The two operations of an SQS queue we use. */
export interface QueueClient {
  receive(waitSeconds: number): Promise<readonly QueueMessage[]>;
  /** Looks whether messages may be received, and hides none. Throws like `receive`. */
  probe(): Promise<void>;
  /** Answers the receipts that could not be deleted. */
  remove(receipts: readonly string[]): Promise<readonly string[]>;
}

/** Longer than reading ten orders takes: meanwhile nobody else is handed them. */
const HIDDEN_SECONDS = 180;

/**
 * Talks to SQS in its JSON protocol, each call signed (Signature Version 4) for the region in the queue's address.
 * Source: docs.aws.amazon.com, "Amazon SQS API Reference" (AWS JSON protocol 1.0); verified 2026-11.
 */
export function queueClient(queue: OrderQueueSettings, host: Host): QueueClient {
  const call = async (operation: string, body: JsonObject, deadlineMs: number): Promise<JsonObject> => {
    const reply = await send(host, { queue, operation, body: { QueueUrl: queue.url, ...body }, deadlineMs });
    if (reply.status === 200) return jsonObjectOf(reply, operation);
    throw refusalOf(reply, operation);
  };
  return {
    async receive(waitSeconds) {
      const answer = await call(
        'ReceiveMessage',
        {
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: waitSeconds,
          VisibilityTimeout: HIDDEN_SECONDS,
          MessageSystemAttributeNames: ['ApproximateReceiveCount'],
        },
        (waitSeconds + 15) * 1_000,
      );
      // No member at all: nothing came.
      const { Messages: messages = [] } = answer;
      if (!isJsonArray(messages)) throw unreadable('ReceiveMessage');
      return messages.filter(isJsonObject).map(messageOf);
    },
    async probe() {
      await call(
        'ReceiveMessage',
        { MaxNumberOfMessages: 1, WaitTimeSeconds: 0, VisibilityTimeout: 0 },
        15_000,
      );
    },
    async remove(receipts) {
      if (receipts.length === 0) return [];
      const entries = receipts.map((receipt, index) => ({ Id: `m${index}`, ReceiptHandle: receipt }));
      const { Successful: gone = [] } = await call('DeleteMessageBatch', { Entries: entries }, 30_000);
      const ids = new Set(isJsonArray(gone) ? gone.filter(isJsonObject).map(({ Id }) => Id) : []);
      return receipts.filter((_, index) => !ids.has(`m${index}`));
    },
  };
}

function messageOf(message: JsonObject): QueueMessage {
  const { Body: body, ReceiptHandle: receipt, MD5OfBody: digest, Attributes: attributes } = message;
  if (typeof body !== 'string' || typeof receipt !== 'string') throw unreadable('ReceiveMessage');
  if (digest !== createHash('md5').update(body).digest('hex')) throw unreadable('ReceiveMessage');
  const count = isJsonObject(attributes) ? Number(attributes.ApproximateReceiveCount) : Number.NaN;
  return { receipt, body, received: Number.isInteger(count) ? count : 1 };
}

interface SignedCall {
  readonly queue: OrderQueueSettings;
  readonly operation: string;
  readonly body: JsonObject;
  readonly deadlineMs: number;
}

function send(host: Host, { queue, operation, body, deadlineMs }: SignedCall): Promise<HttpReply> {
  const address = new URL(queue.url);
  const text = JSON.stringify(body);
  const { headers = {} } = aws4.sign(
    {
      service: 'sqs',
      region: regionOfQueue(queue),
      method: 'POST',
      host: address.host,
      path: '/',
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `AmazonSQS.${operation}`,
        'X-Amz-Date': `${host.clock.now().slice(0, 19).replace(/[-:]/g, '')}Z`,
      },
      body: text,
    },
    { accessKeyId: queue.accessKeyId, secretAccessKey: queue.secretAccessKey },
  );
  const signed = Object.entries(headers).flatMap(([name, value]) =>
    // The client writes these two itself, with the same values.
    ['host', 'content-length'].includes(name.toLowerCase()) ? [] : [[name, String(value)] as const],
  );
  return host.http.send({
    method: 'POST',
    url: `${address.origin}/`,
    headers: Object.fromEntries(signed),
    body: text,
    deadlineMs,
  });
}

/** `https://sqs.eu-west-1.amazonaws.com/123456789012/orders`. */
export function regionOfQueue({ url, region }: Pick<OrderQueueSettings, 'url' | 'region'>): string {
  return (
    region ?? /^sqs\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/.exec(new URL(url).hostname)?.[1] ?? 'us-east-1'
  );
}

function refusalOf(reply: HttpReply, operation: string): ChannelError {
  const body = jsonIn(reply);
  const name = String(body.__type ?? '').replace(/^.*#/, '');
  const text = String(body.message ?? body.Message ?? name);
  const failure = failureOf(reply, {
    operation,
    bodyCode: name,
    text,
    requestId: reply.headers['x-amzn-requestid'],
  });
  if (failure.kind === 'throttled' || failure.kind === 'ambiguous') return failure;
  return new ChannelError(`${operation} of the order queue was refused: ${text}`, {
    code: 'order_queue_refused',
    kind: 'refused',
    owner: 'operator',
    advice:
      'Check address, region and access key of `orderQueue`; the key needs sqs:ReceiveMessage and sqs:DeleteMessage on it. Orders go on coming in by polling.',
    requestId: failure.requestId,
  });
}

function jsonIn(reply: HttpReply): JsonObject {
  try {
    const body: unknown = JSON.parse(reply.body.toString('utf8'));
    return typeof body === 'object' && body !== null ? (body as JsonObject) : {};
  } catch {
    return {};
  }
}

function unreadable(operation: string): ChannelError {
  return new ChannelError(`${operation} of the order queue answered what it does not say`, {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice: 'The answer is not from SQS, or was damaged on the way. The call is repeated by itself.',
  });
}
