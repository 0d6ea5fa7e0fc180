import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isPrivateHost, publicLookup } from '../catalog/readers/private-address.js';

/** What came of a call: an answer of any status, or why there was none, in one machine word. */
export type HookAnswer = { readonly status: number } | { readonly failure: string };

/** How addresses outside are called. */
export interface HookRules {
  /** Hosts that may be called although they are private: a receiver in the merchant's own network. */
  readonly privateHosts: readonly string[];
  readonly signal: AbortSignal;
  /** Default 15 s, for the whole call. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 15_000;
/** An answer is not read beyond this: its status is all that counts. */
const ANSWER_BYTES = 64 * 1024;

/**
 * Hands a message over. Follows no redirect, goes through no proxy, and reaches no private host: the name is checked where the connection is made, so
 * that what is checked is what is connected to. Never throws for what the other side does; our own stop throws.
 */
export async function postHook(
  url: string,
  message: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
  rules: HookRules,
): Promise<HookAnswer> {
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const open = rules.privateHosts.includes(host);
  if (!open && isPrivateHost(host)) return { failure: 'private_host' };
  const lookup = open ? {} : { lookup: publicLookup(() => new PrivateHost()) };
  const deadline = AbortSignal.timeout(rules.deadlineMs ?? DEADLINE_MS);
  return new Promise((resolve, reject) => {
    const call = (protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'POST',
      signal: AbortSignal.any([rules.signal, deadline]),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'omnifeed',
        'content-length': String(Buffer.byteLength(message.body)),
        ...message.headers,
      },
      agent: false,
      ...lookup,
    });
    const failed = (error: Error): void => {
      if (rules.signal.aborted) reject(rules.signal.reason);
      else if (deadline.aborted) resolve({ failure: 'timeout' });
      else resolve({ failure: error instanceof PrivateHost ? 'private_host' : codeOf(error) });
    };
    call.on('error', failed);
    call.on('response', (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > ANSWER_BYTES) response.destroy();
      });
      response.on('error', failed);
      response.on('close', () => {
        if (response.complete || bytes > ANSWER_BYTES) resolve({ status: response.statusCode ?? 0 });
        else failed(new Error('the answer was cut'));
      });
    });
    call.end(message.body);
  });
}

class PrivateHost extends Error {}

/** A code of the network, never a message: messages hold addresses. */
function codeOf(error: NodeJS.ErrnoException): string {
  return error.code === undefined ? 'no_answer' : error.code.toLowerCase();
}
