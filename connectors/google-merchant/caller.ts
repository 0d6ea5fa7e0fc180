import { randomUUID } from 'node:crypto';
import { jsonObjectOf } from '../../src/channel/classify.js';
import type { Host } from '../../src/channel/connector.js';
import type { HttpReply, HttpRequest } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';
import type { AccessTokens } from './auth.js';
import { callFailure, conditionOf, readGoogleError } from './failures.js';
import { type NestedCall, type NestedReply, readBatch, writeBatch } from './multipart.js';

/** The answers of a batch by the caller's own key, and Google's time of the answer. */
export interface BatchReply {
  readonly replies: ReadonlyMap<string, NestedReply>;
  /** The answer's `Date`, second resolution; null when it had none. */
  readonly date: string | null;
}

/** Largest answer taken: a page of a list, a report, a batch. */
export const LIST_BYTES = 64 * 1024 * 1024;

/** Sends calls with a token; a refused token is replaced once. */
export interface Caller {
  /** Any status but 2xx throws. */
  json(operation: string, request: HttpRequest): Promise<JsonObject>;
  /** Sends calls as one batch to an address. Keys without an answer are missing in the reply. */
  batch(calls: ReadonlyMap<string, NestedCall>, url: string): Promise<BatchReply>;
}

/** Calls in the name of whoever the tokens stand for. `more` are headers of every call. */
export function authorisedCaller(
  tokens: AccessTokens,
  host: Host,
  more: Readonly<Record<string, string>>,
): Caller {
  let used = '';
  async function once(request: HttpRequest): Promise<HttpReply> {
    used = await tokens.current();
    return host.http.send({
      ...request,
      headers: { ...more, ...request.headers, authorization: `Bearer ${used}` },
    });
  }
  async function send(operation: string, request: HttpRequest): Promise<HttpReply> {
    let reply = await once(request);
    if (isRefusedToken(reply)) {
      tokens.discard(used);
      reply = await once(request);
    }
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw callFailure(reply, operation, host.clock.now());
  }
  return {
    json: async (operation, request) => jsonObjectOf(await send(operation, request), operation),
    async batch(calls, url) {
      const first = await sendParts(calls, send, url);
      const expired = new Map([...calls].filter(([key]) => refusedIn(first, key)));
      if (expired.size === 0) return first;
      // A token that died in the middle of a batch: nothing was applied for these, so they go once more with a new one.
      tokens.discard(used);
      const second = await sendParts(expired, send, url);
      return { replies: new Map([...first.replies, ...second.replies]), date: second.date };
    },
  };
}

/** A 401 says "unregistered project" or "expired token"; only the second is worth another token. */
function isRefusedToken(reply: { readonly status: number; readonly body: Buffer }): boolean {
  return reply.status === 401 && conditionOf(401, readGoogleError(reply.body)) !== 'not_registered';
}

function refusedIn(answer: BatchReply, key: string): boolean {
  const reply = answer.replies.get(key);
  return reply !== undefined && isRefusedToken(reply);
}

async function sendParts(
  calls: ReadonlyMap<string, NestedCall>,
  send: (operation: string, request: HttpRequest) => Promise<HttpReply>,
  url: string,
): Promise<BatchReply> {
  const keys = new Map<string, string>();
  const named = new Map<string, NestedCall>();
  for (const [key, call] of calls) {
    const id = `item-${named.size}`;
    named.set(id, call);
    keys.set(id, key);
  }
  const boundary = `batch-${randomUUID()}`;
  const reply = await send('batch', {
    method: 'POST',
    url,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: writeBatch(named, boundary),
    deadlineMs: 60_000,
    maxBytes: LIST_BYTES,
  });
  const parts = readBatch(reply.headers['content-type'], reply.body);
  if (parts === null) throw notABatch();
  const replies = new Map<string, NestedReply>();
  for (const [id, part] of parts) {
    const key = keys.get(id);
    if (key !== undefined) replies.set(key, part);
  }
  return { replies, date: reply.headers.date ?? null };
}

function notABatch(): ChannelError {
  return new ChannelError('batch answered something that is not multipart', {
    code: 'unreadable_answer',
    kind: 'ambiguous',
    owner: 'channel',
    advice:
      'The answer was cut or is not from Google (a proxy page?). The call is checked and repeated by itself.',
  });
}
