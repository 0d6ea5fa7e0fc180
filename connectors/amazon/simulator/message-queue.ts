import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { type SimulatorServer, serveSimulator } from '../../../src/channel/simulator-server.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';

/** The key that may read the simulated queue, and where it is. */
export const QUEUE_ACCOUNT = {
  accessKeyId: 'AKIASIMULATED0000000',
  secretAccessKey: 'simulated-secret-of-the-queue',
  region: 'eu-west-1',
  path: '/123456789012/orders',
} as const;

/** A running stand-in for one SQS standard queue. */
export interface SimulatedQueue {
  readonly url: string;
  readonly server: SimulatorServer;
  /** Puts a message in. */
  send(body: string): void;
  /** Bodies that are still in the queue, hidden ones too. */
  held(): readonly string[];
  /** Ends the hiding of messages that were received and not deleted. */
  showAll(): void;
  stop(): Promise<void>;
}

interface Held {
  readonly id: string;
  readonly body: string;
  receipt: string | null;
  received: number;
  hiddenUntilMs: number;
}

const SKEW_MS = 15 * 60_000;

/**
 * SQS in its JSON protocol: `ReceiveMessage` with long polling and `DeleteMessageBatch`. Checks what SQS checks: content type, target, every
 * parameter's bounds, and the signature with code of its own, not the client's. A queue may hand a message out again; a receipt is good for the last hand-out only.
 * Source: docs.aws.amazon.com, "Amazon SQS API Reference" and "Create a signed AWS API request"; verified 2026-11.
 */
export async function serveMessageQueue(): Promise<SimulatedQueue> {
  const messages: Held[] = [];
  const server = await serveSimulator(
    {
      answer: (request) => answer(messages, request),
      throttled: () => failure(400, 'RequestThrottled', 'Rate exceeded'),
      tokenPath: '/none',
      state: () => ({ messages: messages.map(({ body }) => body) }),
      commands: {},
    },
    0,
  );
  return {
    url: `${server.url}${QUEUE_ACCOUNT.path}`,
    server,
    send: (body) =>
      void messages.push({ id: randomUUID(), body, receipt: null, received: 0, hiddenUntilMs: 0 }),
    held: () => messages.map(({ body }) => body),
    showAll() {
      for (const message of messages) message.hiddenUntilMs = 0;
    },
    stop: () => server.stop(),
  };
}

async function answer(messages: Held[], request: SimulatorRequest): Promise<SimulatorReply> {
  if (request.method !== 'POST' || request.path !== '/')
    return failure(404, 'UnknownOperationException', 'No such operation');
  if (request.headers['content-type'] !== 'application/x-amz-json-1.0')
    return failure(415, 'UnsupportedMediaType', 'Content-Type must be application/x-amz-json-1.0');
  const refusal = signatureProblem(request);
  if (refusal !== null) return failure(403, refusal, `The request signature is not valid: ${refusal}`);
  const body = JSON.parse(request.body.toString('utf8')) as JsonObject;
  if (body.QueueUrl !== `http://${String(request.headers.host)}${QUEUE_ACCOUNT.path}`)
    return failure(400, 'com.amazonaws.sqs#QueueDoesNotExist', 'The specified queue does not exist.');
  const target = request.headers['x-amz-target'];
  if (target === 'AmazonSQS.ReceiveMessage') return receive(messages, body);
  if (target === 'AmazonSQS.DeleteMessageBatch') return remove(messages, body);
  return failure(400, 'UnknownOperationException', 'No such operation');
}

async function receive(messages: Held[], body: JsonObject): Promise<SimulatorReply> {
  const most = between(body.MaxNumberOfMessages ?? 1, 1, 10);
  const wait = between(body.WaitTimeSeconds ?? 0, 0, 20);
  const hidden = between(body.VisibilityTimeout ?? 30, 0, 43_200);
  if (most === null || wait === null || hidden === null)
    return failure(400, 'com.amazonaws.sqs#InvalidParameterValue', 'A parameter is out of range');
  const until = Date.now() + wait * 1_000;
  const visible = (): Held[] => messages.filter(({ hiddenUntilMs }) => hiddenUntilMs <= Date.now());
  while (visible().length === 0 && Date.now() < until) await new Promise((later) => setTimeout(later, 20));
  const out = visible().slice(0, most);
  for (const message of out) {
    message.receipt = randomUUID();
    message.received += 1;
    message.hiddenUntilMs = Date.now() + hidden * 1_000;
  }
  const wantsCount =
    isJsonArray(body.MessageSystemAttributeNames) &&
    body.MessageSystemAttributeNames.includes('ApproximateReceiveCount');
  return {
    status: 200,
    body:
      out.length === 0
        ? {}
        : {
            Messages: out.map((message) => ({
              MessageId: message.id,
              ReceiptHandle: message.receipt,
              MD5OfBody: createHash('md5').update(message.body).digest('hex'),
              Body: message.body,
              ...(wantsCount ? { Attributes: { ApproximateReceiveCount: String(message.received) } } : {}),
            })),
          },
  };
}

function remove(messages: Held[], body: JsonObject): SimulatorReply {
  const entries = isJsonArray(body.Entries) ? body.Entries.filter(isJsonObject) : [];
  if (entries.length === 0) return failure(400, 'com.amazonaws.sqs#EmptyBatchRequest', 'There is no entry');
  if (entries.length > 10)
    return failure(400, 'com.amazonaws.sqs#TooManyEntriesInBatchRequest', 'There are more than 10 entries');
  if (new Set(entries.map(({ Id }) => Id)).size !== entries.length)
    return failure(400, 'com.amazonaws.sqs#BatchEntryIdsNotDistinct', 'Two entries have the same Id');
  const found = entries.map(({ Id, ReceiptHandle }) => {
    const at = messages.findIndex(({ receipt }) => receipt !== null && receipt === ReceiptHandle);
    if (at >= 0) messages.splice(at, 1);
    return { id: String(Id), gone: at >= 0 };
  });
  return {
    status: 200,
    body: {
      Successful: found.filter(({ gone }) => gone).map(({ id }) => ({ Id: id })),
      Failed: found
        .filter(({ gone }) => !gone)
        .map(({ id }) => ({
          Id: id,
          SenderFault: true,
          Code: 'ReceiptHandleIsInvalid',
          Message: 'not known',
        })),
    },
  };
}

function between(value: unknown, least: number, most: number): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : null;
}

function failure(status: number, type: string, message: string): SimulatorReply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
    body: { __type: type, message },
  };
}

/** What is wrong with the signature of a call, in SQS' word; null: nothing. */
function signatureProblem({ method, path, headers, body }: SimulatorRequest): string | null {
  const stated =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      String(headers.authorization ?? ''),
    );
  if (!stated) return 'MissingAuthenticationToken';
  const [, key, day = '', region = '', service = '', names = '', signature = ''] = stated;
  const at = String(headers['x-amz-date'] ?? '');
  const ms = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(ms) || Math.abs(ms - Date.now()) > SKEW_MS || !at.startsWith(day)) return 'RequestExpired';
  if (key !== QUEUE_ACCOUNT.accessKeyId) return 'InvalidClientTokenId';
  if (region !== QUEUE_ACCOUNT.region || service !== 'sqs') return 'SignatureDoesNotMatch';
  const signed = names.split(';');
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  if (needed.some((name) => !signed.includes(name))) return 'IncompleteSignature';
  const canonical = [
    method,
    path,
    '',
    ...signed.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    names,
    createHash('sha256').update(body).digest('hex'),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  );
  const secret = [day, region, service, 'aws4_request'].reduce<Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    Buffer.from(`AWS4${QUEUE_ACCOUNT.secretAccessKey}`),
  );
  const right = createHmac('sha256', secret).update(toSign).digest();
  return timingSafeEqual(right, Buffer.from(signature, 'hex')) ? null : 'SignatureDoesNotMatch';
}
