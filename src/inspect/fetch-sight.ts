import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { SightFailure } from '../channel/inspection.js';
import { readUrl } from '../domain/web-address.js';
import { type HostFinder, publicHost } from './public-host.js';

/** How a sight is fetched. */
export interface FetchRules {
  /** So many bytes are read, and no more; the rest is not downloaded. */
  readonly maxBytes: number;
  /** Of the state that was seen before: that one is not sent again. */
  readonly etag: string | null;
  /** Finds the address of a host; the house's own refuses private ones. */
  readonly find?: HostFinder;
  /** Whether an address may be asked at all, at every hop; absent: any of http and https. */
  readonly mayAsk?: (address: string) => boolean;
  readonly signal: AbortSignal;
}

/** What came back. `changed: false`: the server says it is what was seen before. */
export type FetchedSight =
  | { readonly changed: false; readonly redirectedTo: string | null }
  | {
      readonly changed: true;
      readonly status: number;
      /** The address that answered after redirects; null: the one that was asked for. */
      readonly redirectedTo: string | null;
      /** Name of this state, to ask for changes only; null: the server has none. */
      readonly etag: string | null;
      /** Size of the whole; null: the server does not say. */
      readonly bytes: number | null;
      readonly head: Buffer;
    }
  | { readonly changed: true; readonly failure: SightFailure };

const DEADLINE_MS = 15_000;
const REDIRECTS = 3;
const LONGEST_ETAG = 1_000;

/**
 * Fetches the first bytes of a picture or page. No cookies, no credentials, at most three redirects; a private host is refused by name,
 * by number and by the address its name resolves to, at every hop. Only our own stop throws: everything else is a fact about the sight.
 */
export async function fetchSight(address: string, rules: FetchRules): Promise<FetchedSight> {
  let url = address;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const answer = await oneHop(url, rules);
    if ('failure' in answer) return { changed: true, failure: answer.failure };
    const { response } = answer;
    const { location, etag } = response.headers;
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400 && location !== undefined) {
      response.destroy();
      const next = nextHop(location, url, rules);
      if ('failure' in next) return { changed: true, failure: next.failure };
      url = next.url;
      continue;
    }
    if (status === 304 && rules.etag !== null) {
      response.destroy();
      return { changed: false, redirectedTo: hop === 0 ? null : url };
    }
    const head = await readHead(response, rules.maxBytes).catch(() => null);
    rules.signal.throwIfAborted();
    if (head === null) return { changed: true, failure: 'unreachable' };
    const kept = etag !== undefined && etag.length <= LONGEST_ETAG ? etag : null;
    const redirectedTo = hop === 0 ? null : url;
    return { changed: true, status, redirectedTo, etag: kept, bytes: wholeSize(response), head };
  }
  return { changed: true, failure: 'too_many_redirects' };
}

function nextHop(
  location: string,
  url: string,
  { mayAsk }: FetchRules,
): { readonly url: string } | { readonly failure: SightFailure } {
  if (readUrl(location, url) === null) return { failure: 'unreachable' };
  const next = new URL(location, url).href;
  return mayAsk?.(next) === false ? { failure: 'private' } : { url: next };
}

/** Connects to the very address that was found, so that what was checked is what is connected to. */
async function oneHop(
  address: string,
  { etag, find = publicHost, maxBytes, signal }: FetchRules,
): Promise<{ readonly response: IncomingMessage } | { readonly failure: SightFailure }> {
  const url = new URL(address);
  const isHttps = url.protocol === 'https:';
  if (!isHttps && url.protocol !== 'http:') return { failure: 'unreachable' };
  const found = await find(url.hostname);
  if ('failure' in found) return found;
  return new Promise((resolve, reject) => {
    const call = (isHttps ? requestHttps : requestHttp)({
      host: found.address,
      port: url.port === '' ? (isHttps ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      ...(isHttps ? { servername: url.hostname } : {}),
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
      headers: {
        host: url.host,
        'user-agent': 'omnifeed',
        'accept-encoding': 'identity',
        range: `bytes=0-${maxBytes - 1}`,
        ...(etag === null ? {} : { 'if-none-match': etag }),
      },
    });
    call.on('response', (response) => resolve({ response }));
    call.on('error', () => {
      if (signal.aborted) reject(signal.reason);
      else resolve({ failure: 'unreachable' });
    });
    call.end();
  });
}

/** The first bytes; the connection is cut when there are enough. */
async function readHead(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= maxBytes) break;
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

/** Size behind the slash of `bytes 0-99/1234`, or the length of a whole answer. */
function wholeSize({ statusCode, headers }: IncomingMessage): number | null {
  const [, total] = /\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  const told = statusCode === 206 ? total : headers['content-length'];
  return told !== undefined && /^\d{1,15}$/.test(told) ? Number(told) : null;
}
