import type { SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../src/domain/json.js';

/** A file sent with a form. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A Graph call after its parameters were gathered from wherever they may stand. */
export interface ReadCall {
  readonly method: string;
  /** Below the version. */
  readonly path: string;
  /** Query and plain form fields as text. */
  readonly params: URLSearchParams;
  /** All parameters as values: query and form fields are read as JSON where they are JSON. */
  readonly values: JsonObject;
  readonly file: SentFile | null;
  /** Size of the body as it came. */
  readonly bytes: number;
  /** Where this server was reached, with the version. */
  readonly origin: string;
}

/** Gathers the parameters of a call: query, JSON object, form fields with JSON values, or a form with a file. */
export function readCall(request: SimulatorRequest): ReadCall {
  const params = new URLSearchParams(request.query);
  const kind = String(request.headers['content-type'] ?? '');
  let body: JsonObject = {};
  let file: SentFile | null = null;
  if (kind.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams(request.body.toString('utf8'))) params.set(name, value);
  } else if (kind.startsWith('multipart/form-data')) {
    file = readForm(request.body, /boundary="?([^";]+)"?/.exec(kind)?.[1] ?? '', params);
  } else if (request.body.length > 0) {
    const value = jsonOr(request.body.toString('utf8'));
    if (isJsonObject(value)) body = value;
    if (typeof body.appsecret_proof === 'string') params.set('appsecret_proof', body.appsecret_proof);
  }
  const texts = Object.fromEntries([...params].map(([name, value]) => [name, jsonOr(value)]));
  return {
    method: request.method,
    path: request.path.replace(/^\/v\d+\.\d+\//, ''),
    params,
    values: { ...texts, ...body },
    file,
    bytes: request.body.length,
    origin: `http://${String(request.headers.host)}/${request.path.split('/')[1] ?? ''}`,
  };
}

function jsonOr(text: string): JsonValue {
  // Digits alone stay text: ids are longer than numbers can hold.
  if (/^\d+$/.test(text)) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/** Reads `multipart/form-data` by its boundary (RFC 7578): fields go into `params`, the file is given back. */
function readForm(body: Buffer, boundary: string, params: URLSearchParams): SentFile | null {
  const mark = Buffer.from(`--${boundary}`);
  let file: SentFile | null = null;
  for (let at = body.indexOf(mark); at >= 0; ) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = body.subarray(at + mark.length + 2, next - 2);
    const split = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, split).toString('utf8');
    const content = part.subarray(split + 4);
    const name = /name="([^"]*)"/i.exec(head)?.[1] ?? '';
    const fileName = /filename="([^"]*)"/i.exec(head)?.[1];
    if (fileName === undefined) params.set(name, content.toString('utf8'));
    else file = { name: fileName, bytes: Buffer.from(content) };
    at = next;
  }
  return file;
}

/** A parameter as text; null when it is missing. */
export function textOf(call: ReadCall, name: string): string | null {
  const value = call.values[name];
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A parameter as yes or no. */
export function flagOf(call: ReadCall, name: string, absent: boolean): boolean {
  const value = call.values[name];
  return value === undefined ? absent : value === true || value === 'true' || value === '1' || value === 1;
}

/** The asked-for fields of a node; what was not asked for is not told. `a{b,c}` asks for `a`. */
export function askedFields(call: ReadCall, usual: string): readonly string[] {
  return (call.params.get('fields') ?? usual).replace(/\{[^}]*\}/g, '').split(',');
}

/** Only the asked-for members of a node, and its id. */
export function asked(call: ReadCall, node: JsonObject, usual = 'id,name'): JsonObject {
  const names = new Set([...askedFields(call, usual), 'id']);
  return Object.fromEntries(
    Object.entries(node).filter(([name, value]) => names.has(name) && value !== undefined),
  );
}
