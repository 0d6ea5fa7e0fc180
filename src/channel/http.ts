import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';
import { ChannelError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';

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

/** Failures before any byte was sent: repeating them is safe. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
]);

/**
 * The one HTTP client of the house. The deadline covers the whole call (axios' own `timeout` does not cover a
 * dripping body), redirects and environment proxies are off, the answer is bytes and its size is bounded.
 */
export function httpClient(signal: AbortSignal): HttpClient {
  const client: AxiosInstance = axios.create({
    responseType: 'arraybuffer',
    maxRedirects: 0,
    proxy: false,
    decompress: true,
    validateStatus: () => true,
    transformRequest: (body: unknown) => body,
    transformResponse: (body: unknown) => body,
  });
  return { send: (request) => send(client, request, signal) };
}

async function send(client: AxiosInstance, request: HttpRequest, stop: AbortSignal): Promise<HttpReply> {
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
      body: Buffer.from(response.data),
    };
  } catch (error) {
    throw transportError(error, request, stop);
  }
}

function headersOf(request: HttpRequest): Record<string, string> {
  const json = typeof request.body === 'object' && request.body !== null && !Buffer.isBuffer(request.body);
  return {
    'user-agent': 'omnifeed',
    ...(json ? { 'content-type': 'application/json' } : {}),
    ...request.headers,
  };
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
function transportError(error: unknown, request: HttpRequest, stop: AbortSignal): unknown {
  if (stop.aborted) return stop.reason;
  const code = isAxiosError(error) ? (error.code ?? 'UNKNOWN') : 'UNKNOWN';
  const where = `${request.method} ${new URL(request.url).origin}${new URL(request.url).pathname}`;
  const notSent = NOT_SENT.has(code);
  return new ChannelError(`${where} got no answer (${code})`, {
    code: notSent ? 'unreachable' : 'no_answer',
    kind: notSent ? 'not-sent' : 'ambiguous',
    owner: 'channel',
    advice: notSent
      ? 'Check the network and the address; the call is repeated by itself.'
      : 'The connection broke before an answer came; the call is checked and repeated by itself.',
  });
}
