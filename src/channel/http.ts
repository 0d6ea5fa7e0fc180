import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';
import { ChannelError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { type ConnectAgents, connectAgents } from './connect-limit.js';

/** One call to a channel. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute address, without the query. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is; an object or array is sent as JSON. */
  readonly body?: string | Buffer | JsonValue;
  /** Deadline for the whole call, body included. Default 30 s. */
  readonly deadlineMs?: number;
  /** Largest answer taken. Default 20 MiB. */
  readonly maxBytes?: number;
}

/** An answer, whatever its status. Nothing was parsed. */
export interface HttpReply {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Makes calls. Transport failures throw a ChannelError; an answer of any status is a value. Never retries. */
export interface HttpClient {
  send(request: HttpRequest): Promise<HttpReply>;
}

const DEADLINE_MS = 30_000;
const MAX_BYTES = 20 * 1024 * 1024;

/** Allowed for the connection alone: a host that is not there is told long before the deadline of a slow answer. */
const CONNECT_MS = 5_000;

/**
 * The one HTTP client of the house. The deadline covers the whole call (axios' own `timeout` does not cover a
 * dripping body), connecting has a shorter one of its own, redirects and environment proxies are off, the answer is
 * bytes and its size is bounded.
 */
export function httpClient(signal: AbortSignal, connectMs = CONNECT_MS): HttpClient {
  const agents = connectAgents(connectMs);
  const client: AxiosInstance = axios.create({
    responseType: 'arraybuffer',
    httpAgent: agents.httpAgent,
    httpsAgent: agents.httpsAgent,
    maxRedirects: 0,
    proxy: false,
    decompress: false,
    validateStatus: () => true,
    transformRequest: (body: unknown) => body,
    transformResponse: (body: unknown) => body,
  });
  return { send: (request) => send({ client, agents }, request, signal) };
}

interface Way {
  readonly client: AxiosInstance;
  readonly agents: ConnectAgents;
}

async function send({ client, agents }: Way, request: HttpRequest, stop: AbortSignal): Promise<HttpReply> {
  const deadlineMs = request.deadlineMs ?? DEADLINE_MS;
  const maxBytes = request.maxBytes ?? MAX_BYTES;
  try {
    const response: AxiosResponse<Buffer> = await client.request({
      method: request.method,
      url: request.url,
      params: request.query ?? {},
      headers: headersOf(request),
      data: bodyOf(request.body),
      maxContentLength: maxBytes,
      maxBodyLength: 64 * 1024 * 1024,
      signal: AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)]),
    });
    return {
      status: response.status,
      headers: plainHeaders(response.headers),
      body: await unpacked(response, maxBytes),
    };
  } catch (error) {
    if (stop.aborted) throw stop.reason;
    const notSent = isAxiosError(error) && agents.neverConnected(error.cause);
    throw transportError(error, request, notSent);
  }
}

function headersOf(request: HttpRequest): Record<string, string> {
  const json = typeof request.body === 'object' && request.body !== null && !Buffer.isBuffer(request.body);
  return {
    'user-agent': 'omnifeed',
    'accept-encoding': 'gzip',
    ...(json ? { 'content-type': 'application/json' } : {}),
    ...request.headers,
  };
}

const gunzipped = promisify(gunzip);

/** Unpacked here, because axios takes the part before a cut for the whole. Throws for anything but complete gzip of at most `maxBytes`. */
async function unpacked(response: AxiosResponse<Buffer>, maxBytes: number): Promise<Buffer> {
  const packed = Buffer.from(response.data);
  const coding = String(response.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (coding === 'identity' || packed.length === 0) return packed;
  if (coding !== 'gzip' && coding !== 'x-gzip') throw new UnknownCoding(coding);
  return gunzipped(packed, { maxOutputLength: maxBytes });
}

/** The answer is packed in a way we did not offer to understand. */
class UnknownCoding extends Error {
  readonly code = 'UNKNOWN_CODING';
}

function bodyOf(body: HttpRequest['body']): string | Buffer | undefined {
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return body;
  return JSON.stringify(body);
}

function plainHeaders(headers: object): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) plain[name.toLowerCase()] = String(value);
  }
  return plain;
}

/** Only code and place are kept of the cause: axios errors carry the request with its credentials. */
function transportError(error: unknown, request: HttpRequest, notSent: boolean): ChannelError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
  const where = `${request.method} ${new URL(request.url).origin}${new URL(request.url).pathname}`;
  return new ChannelError(`${where} got no answer (${code})`, {
    code: notSent ? 'unreachable' : 'no_answer',
    kind: notSent ? 'not-sent' : 'ambiguous',
    owner: 'channel',
    advice: notSent
      ? 'Check the network and the address; the call is repeated by itself.'
      : 'The connection broke before an answer came; the call is checked and repeated by itself.',
  });
}
