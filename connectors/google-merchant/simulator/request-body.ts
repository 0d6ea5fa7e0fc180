import type { SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { GoogleRefusal, invalid } from './google-error.js';

/** The JSON object a call carries. Throws the 400 for anything else. */
export function bodyOf(request: SimulatorRequest): JsonObject {
  if (!/^application\/json/.test(headerText(request.headers['content-type']) ?? '')) {
    throw invalid('body', 'A JSON body is expected.');
  }
  const parsed = parse(request.body.toString('utf8'));
  if (!isJsonObject(parsed)) throw invalid('body', 'Invalid JSON payload received.');
  return parsed;
}

/** Throws the 400 of JSON transcoding for a member that the message does not have. */
export function onlyMembers(body: JsonObject, members: readonly string[], at: string): void {
  for (const member of Object.keys(body)) {
    if (members.includes(member)) continue;
    throw new GoogleRefusal(
      400,
      `Invalid JSON payload received. Unknown name "${member}" at '${at}': Cannot find field.`,
      { REASON: 'UNKNOWN_FIELD', FIELD_LOCATION: member },
    );
  }
}

/** A header as one text. */
export function headerText(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}

/** Pages as all lists of the API are: `pageSize`, `pageToken`, `nextPageToken`; larger pages are coerced to the most there may be. */
export function pageOf(
  member: string,
  items: readonly JsonObject[],
  asked: { readonly size: string | null; readonly token: string | null; readonly most: number },
): JsonObject {
  const size = Math.min(Number(asked.size ?? 25), asked.most);
  const from = Number(asked.token ?? 0);
  if (!Number.isInteger(size) || size < 1) throw invalid('page_size', 'The page size must be positive.');
  if (!Number.isInteger(from) || from < 0) throw invalid('page_token', 'The page token is invalid.');
  const next = from + size;
  return {
    [member]: items.slice(from, next),
    ...(next < items.length ? { nextPageToken: String(next) } : {}),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Answered like any other body that is no object.
    return null;
  }
}
