import type { Readable } from 'node:stream';
import type { Caller } from '../access/caller.js';
import type { Permission } from '../access/permissions.js';
import type { App } from '../app.js';
import type { JsonValue } from '../domain/json.js';
import type { Of, Shape } from './shape.js';

/** The answer is empty: 204. */
export interface NoAnswer {
  readonly kind: 'nothing';
}

/** The answer is bytes of one of these media types: a download, a picture. */
export interface FileAnswer {
  readonly kind: 'file';
  readonly types: readonly string[];
}

/** The answer is a stream of server-sent events, each of one of these shapes. */
export interface StreamAnswer<Events extends Readonly<Record<string, Shape<unknown>>>> {
  readonly kind: 'stream';
  readonly events: Events;
}

/** The body is bytes, handed on as they come: an upload. */
export interface BytesBody {
  readonly kind: 'bytes';
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/** What a handler answers for a `FileAnswer`. */
export interface SentFile {
  readonly type: string;
  readonly body: Buffer | Readable;
  /** Offered under this name to be saved; null: shown in place. */
  readonly saveAs: string | null;
  /** Value of `cache-control`; null: `no-store`. */
  readonly cache: string | null;
  readonly etag?: string;
}

/** 204. */
export const nothing: NoAnswer = { kind: 'nothing' };

/** Bytes of these media types; null: there are none to show now (204), which is no mistake of whoever asks. */
export function file(...types: readonly string[]): FileAnswer {
  return { kind: 'file', types };
}

/** Server-sent events of these names and shapes. A failure in the middle is an event `problem`. */
export function stream<const Events extends Readonly<Record<string, Shape<unknown>>>>(
  events: Events,
): StreamAnswer<Events> {
  return { kind: 'stream', events };
}

/** One event of a stream: `yield event('totals', { … })`. */
export function event<const Name extends string, Data>(
  name: Name,
  data: Data,
): { readonly event: Name; readonly data: Data } {
  return { event: name, data };
}

/** An upload: these media types, at most so many bytes (bytes are counted while they come). */
export function bytes(maxBytes: number, ...types: readonly string[]): BytesBody {
  return { kind: 'bytes', types, maxBytes };
}

type AnyStream = StreamAnswer<Readonly<Record<string, Shape<unknown>>>>;

/** Every kind of answer a route can have. */
export type AnswerKind = Shape<unknown> | NoAnswer | FileAnswer | AnyStream;

type EventsOf<Events> = {
  [Name in keyof Events & string]: { readonly event: Name; readonly data: Of<Events[Name]> };
}[keyof Events & string];

/** What the handler of a route returns. */
export type AnswerOf<Answer> =
  Answer extends StreamAnswer<infer Events>
    ? AsyncIterable<EventsOf<Events>>
    : Answer extends NoAnswer
      ? undefined
      : Answer extends FileAnswer
        ? SentFile | null
        : Of<Answer>;

/** Every kind of body a route can take. */
export type BodyKind = Shape<unknown> | BytesBody;

type BodyOf<Body> = Body extends BytesBody ? Readable : Of<Body>;

/** What is told of a write in the audit log beside who, when and which route. Never buyer data, never secrets. */
export interface AuditNote {
  /** What it was done to: `channel google-us`, `user 4f…`. */
  readonly object: string;
  /** Whoever became known by this call: they signed in, or were set up. */
  readonly by?: { readonly id: string; readonly name: string };
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** One call of a route, checked: members have the shapes the route declares. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  readonly app: App;
  /** Null on routes that are `open`. */
  readonly caller: Caller | null;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Address of the other side. */
  readonly from: string;
  /** Whether the call came over https, as far as the browser is concerned. */
  readonly secure: boolean;
  /** When the call came. */
  readonly now: string;
  readonly requestId: string;
  /** Aborted when nobody listens any more, or the house closes. */
  readonly signal: AbortSignal;
  /** Header of the answer: an `etag`, a cookie. */
  setHeader(name: string, value: string): void;
  /** What the audit log keeps of this write; the last one counts. */
  note(note: AuditNote): void;
}

/** Who may call a route: `open`: anybody; `signed-in`: whoever is known; else whoever has the permission. */
export type RouteAccess = 'open' | 'signed-in' | Permission;

/** A route of the API, declared once: Fastify's route, the documentation, the console's types and the tests of roles come from it. */
export interface Route<Params = unknown, Query = unknown, Body = BodyKind, Answer = AnswerKind> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`: `/listings/:channel/:sku`. */
  readonly path: string;
  readonly permission: RouteAccess;
  /** One sentence for the documentation. */
  readonly summary: string;
  /** The members of `path`; their names must be the same. */
  readonly params?: Shape<Params>;
  /** Numbers, yes/no and lists are read from text. Every member needs its bound. */
  readonly query?: Shape<Query>;
  /** Taken strictly: nothing is converted, nothing is left out. Every member needs its bound. */
  readonly body?: Body;
  readonly answer: Answer;
  /** Of a success; default 200, or 204 for `nothing`. */
  readonly status?: 200 | 201 | 202;
  /** A POST that may be repeated without harm (a check, a preview). Other POST and PATCH calls take `Idempotency-Key`; nothing else needs it. */
  readonly repeatable?: true;
  /** The answer holds a secret that is shown this once: it is not kept for a call that is repeated. */
  readonly shownOnce?: true;
  readonly limits?: {
    /** Default 64 KiB. */
    readonly bodyBytes?: number;
    /** Calls a minute of one caller; default 600. */
    readonly perMinute?: number;
  };
  handle(call: Call<Params, Query, BodyOf<Body>>): AnswerOf<Answer> | Promise<AnswerOf<Answer>>;
}

type Empty = Readonly<Record<string, never>>;

/** Declares a route; what is absent is empty. */
export function route<
  Answer extends AnswerKind,
  Params = Empty,
  Query = Empty,
  Body extends BodyKind = Shape<Empty>,
>(declared: Route<Params, Query, Body, Answer>): Route {
  return declared as unknown as Route;
}
