import type { JsonObject } from '../../src/domain/json.js';

/** One call inside a batch. */
export interface NestedCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path and query, without host. */
  readonly path: string;
  readonly body?: JsonObject;
}

/** The answer to one call inside a batch. */
export interface NestedReply {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Writes calls as `multipart/mixed` with CRLF line ends; each part is one embedded HTTP request and is named by its
 * Content-ID. Source: developers.google.com/merchant/api/guides/send-multiple-requests, verified 2026-11-23.
 */
export function writeBatch(calls: ReadonlyMap<string, NestedCall>, boundary: string): string {
  const parts = [...calls].map(([id, call]) => {
    const head = [
      `--${boundary}`,
      'Content-Type: application/http',
      `Content-ID: <${id}>`,
      '',
      `${call.method} ${call.path} HTTP/1.1`,
    ];
    if (call.body === undefined) return [...head, '', ''].join('\r\n');
    return [...head, 'Content-Type: application/json', '', JSON.stringify(call.body)].join('\r\n');
  });
  return `${parts.join('\r\n')}\r\n--${boundary}--\r\n`;
}

/**
 * Reads the answers of a batch by Content-ID (`<response-…>`). Order does not matter; parts that cannot be read or were not
 * asked for are left out, so that their calls count as unanswered. Nothing when the content type names no boundary.
 */
export function readBatch(
  contentType: string | undefined,
  body: Buffer,
): ReadonlyMap<string, NestedReply> | null {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType ?? '') ?? [];
  const boundary = quoted ?? bare;
  if (boundary === undefined) return null;
  const replies = new Map<string, NestedReply>();
  for (const part of partsOf(body, boundary)) {
    const [partHead, embedded] = cutHead(part);
    const [, id] = /^content-id:\s*<?response-([^>\s]+)>?\s*$/im.exec(partHead) ?? [];
    const reply = id === undefined ? null : embeddedReply(embedded);
    if (id !== undefined && reply !== null) replies.set(id, reply);
  }
  return replies;
}

/** Bytes between the boundary lines. A part whose closing boundary is missing was cut off and is not a part. */
function partsOf(body: Buffer, boundary: string): readonly Buffer[] {
  const mark = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  let start = body.indexOf(mark);
  while (start >= 0) {
    const from = start + mark.length;
    const end = body.indexOf(Buffer.concat([Buffer.from('\n'), mark]), from);
    if (end < 0) break;
    parts.push(body.subarray(from, end));
    start = end + 1;
  }
  return parts;
}

/** Splits at the first blank line. */
function cutHead(part: Buffer): readonly [string, Buffer] {
  const text = part.toString('latin1').replace(/^\r?\n/, '');
  const skipped = part.length - text.length;
  const blank = /\r?\n\r?\n/.exec(text);
  if (!blank) return [text, Buffer.alloc(0)];
  return [text.slice(0, blank.index), part.subarray(skipped + blank.index + blank[0].length)];
}

function embeddedReply(embedded: Buffer): NestedReply | null {
  const [head, body] = cutHead(embedded);
  const [statusLine, ...lines] = head.split(/\r?\n/);
  const [, status] = /^HTTP\/\d(?:\.\d)? (\d{3})/.exec(statusLine ?? '') ?? [];
  if (status === undefined) return null;
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(status), headers, body };
}
