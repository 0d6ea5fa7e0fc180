import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { GoogleRefusal } from './google-error.js';

/** A call found in a batch. */
export interface BatchedCall extends SimulatorRequest {
  readonly contentId: string;
}

const MOST_PARTS = 100;
const NAMES: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  409: 'Conflict',
};

/** Takes a `multipart/mixed` body apart; anything out of order is a 400 for the whole batch. */
export function readCalls(request: SimulatorRequest, prefix: string): readonly BatchedCall[] {
  const type = String(request.headers['content-type'] ?? '');
  const boundary = /^multipart\/mixed;\s*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (request.method !== 'POST' || boundary === undefined)
    throw malformed('a multipart/mixed body is expected');
  const text = request.body.toString('utf8');
  if (!text.trimEnd().endsWith(`--${boundary}--`)) throw malformed('the closing boundary is missing');
  const pieces = text.split(`--${boundary}`).slice(1, -1);
  if (pieces.length === 0 || pieces.length > MOST_PARTS)
    throw malformed(`1 to ${MOST_PARTS} calls are expected`);
  const calls = pieces.map((piece) => callIn(piece, request, prefix));
  if (new Set(calls.map((call) => call.contentId)).size !== calls.length)
    throw malformed('Content-IDs must differ');
  return calls;
}

/** Writes the answers, last call first: order is not promised, only the Content-ID counts. */
export function writeReplies(
  answers: readonly (readonly [contentId: string, SimulatorReply])[],
): SimulatorReply {
  const boundary = `batch_simulated_${answers.length}`;
  const parts = [...answers].reverse().map(([contentId, reply]) => {
    const body = reply.body === undefined ? '' : JSON.stringify(reply.body);
    return [
      `--${boundary}`,
      'Content-Type: application/http',
      `Content-ID: <response-${contentId}>`,
      '',
      `HTTP/1.1 ${reply.status} ${NAMES[reply.status] ?? 'Status'}`,
      'Content-Type: application/json; charset=UTF-8',
      ...Object.entries(reply.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
      '',
      body,
    ].join('\r\n');
  });
  return {
    status: 200,
    headers: { 'content-type': `multipart/mixed; boundary=${boundary}` },
    body: `${parts.join('\r\n')}\r\n--${boundary}--\r\n`,
  };
}

function callIn(piece: string, outer: SimulatorRequest, prefix: string): BatchedCall {
  const [partHead = '', callHead = '', ...rest] = piece.replace(/^\r\n/, '').split('\r\n\r\n');
  const contentId = /^Content-ID: <([^>]+)>$/im.exec(partHead)?.[1];
  if (contentId === undefined) throw malformed('a part has no Content-ID');
  if (!/^Content-Type: application\/http$/im.test(partHead))
    throw malformed('a part is not application/http');
  const [, method = '', address = ''] = /^(GET|POST|PATCH|DELETE) (\/\S+) HTTP\/1\.1/.exec(callHead) ?? [];
  if (!address.startsWith(prefix)) throw malformed(`only calls to ${prefix} may be in this batch`);
  const url = new URL(address, 'http://batch.invalid');
  return {
    contentId,
    method,
    path: decodeURI(url.pathname),
    query: url.searchParams,
    headers: {
      authorization: outer.headers.authorization,
      'content-type': /^Content-Type: (.+)$/im.exec(callHead)?.[1],
    },
    body: Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, '')),
  };
}

function malformed(what: string): GoogleRefusal {
  return new GoogleRefusal(400, `Failed to parse batch request: ${what}.`, { REASON: 'MALFORMED_BATCH' });
}
