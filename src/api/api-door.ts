import { setMaxListeners } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';
import type { App } from '../app.js';
import { refuseUnlessAllowed } from './allow.js';
import { checkRoutes } from './check-routes.js';
import { counted } from './counted.js';
import { statusOf } from './openapi.js';
import { perform } from './perform.js';
import { NOWHERE } from './problem.js';
import type { Call, Route, SentFile } from './route.js';
import { type SentEvent, sendEvents } from './send-events.js';
import { sendProblem, tellProblem } from './send-problem.js';
import type { Door } from './server.js';
import { answerCheck, requestValidator } from './validators.js';

/** What the API is made of. */
export interface ApiParts {
  readonly app: App;
  readonly routes: readonly Route[];
  /** Finds who makes a call; null: nobody we know. Throws a Refusal for credentials that are wrong. */
  identify(request: FastifyRequest): Promise<Caller | null>;
}

interface OpenParts extends ApiParts {
  /** Aborted when the server closes: streams end, so that it can. */
  readonly closing: AbortSignal;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the call; found before anything of its body is read. */
    caller: Caller | null;
  }
}

/** Everything below `/api/v1`. Throws InvariantError for a route that is not declared as it must be: the app does not start. */
export function apiDoor(parts: ApiParts): Door {
  checkRoutes(parts.routes);
  const { log } = parts.app;
  return {
    name: 'api',
    add(server) {
      server.register(
        async (scope) => {
          scope.decorateRequest('caller', null);
          const closing = new AbortController();
          setMaxListeners(0, closing.signal);
          scope.addHook('preClose', async () => closing.abort(new Error('the server is closing')));
          scope.setValidatorCompiler<unknown>(({ schema, httpPart }) =>
            requestValidator(schema as Parameters<typeof requestValidator>[0], httpPart ?? 'body'),
          );
          scope.setErrorHandler((error, request, reply) => sendProblem(error, { request, reply }, log));
          scope.setNotFoundHandler((request, reply) => sendProblem(NOWHERE, { request, reply }, log));
          for (const route of parts.routes) addRoute(scope, route, { ...parts, closing: closing.signal });
        },
        { prefix: '/api/v1' },
      );
    },
  };
}

function addRoute(scope: FastifyInstance, route: Route, parts: OpenParts): void {
  const { body, answer } = route;
  const check = 'kind' in answer ? null : answerCheck(answer, `${route.method} ${route.path}`);
  if (body === undefined || !('kind' in body)) {
    place(scope, { route, check }, parts);
    return;
  }
  // In a scope of its own: here the bytes are not for us to read.
  scope.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser([...body.types], (_request, payload, done) =>
      done(null, counted(payload, body.maxBytes)),
    );
    place(inner, { route, check }, parts);
  });
}

interface Checked {
  readonly route: Route;
  readonly check: ((answer: unknown) => void) | null;
}

function place(scope: FastifyInstance, { route, check }: Checked, parts: OpenParts): void {
  const { method, path, params, query, body, limits } = route;
  scope.route({
    method,
    url: path,
    ...(limits?.bodyBytes === undefined ? {} : { bodyLimit: limits.bodyBytes }),
    config:
      limits?.perMinute === undefined ? {} : { rateLimit: { max: limits.perMinute, timeWindow: 60_000 } },
    schema: {
      ...(params ? { params: params.schema } : {}),
      querystring: query?.schema ?? NOTHING,
      ...(body !== undefined && !('kind' in body) ? { body: body.schema } : {}),
    },
    onRequest: async (request) => {
      request.caller = await parts.identify(request);
      refuseUnlessAllowed(route.permission, request.caller);
    },
    handler: (request, reply) => answer({ route, request, reply, check }, parts),
  });
}

const NOTHING = { type: 'object', properties: {}, additionalProperties: false } as const;

interface Turn extends Checked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

async function answer(turn: Turn, parts: OpenParts): Promise<unknown> {
  const { route, request, reply, check } = turn;
  const { app } = parts;
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new Error('nobody listens any more')));
  const signal = AbortSignal.any([gone.signal, parts.closing]);
  const call = (note: Call['note']) => ({ ...callOf(turn, app, signal), note });
  const done = await perform({ route, request, app, call });
  if ('earlier' in done)
    return sendText(reply.header('idempotent-replayed', 'true'), done.status, done.earlier);
  const { given } = done;
  check?.(given);
  if (!('kind' in route.answer) || route.answer.kind === 'nothing')
    return sendText(reply, statusOf(route), given === undefined ? null : JSON.stringify(given));
  if (route.answer.kind === 'file') {
    const sent = given as SentFile | null;
    return sent === null ? reply.code(204).send() : sendFile(sent, reply);
  }
  const events = await begun(given as AsyncIterable<SentEvent>);
  reply.hijack();
  reply.raw.writeHead(200, { ...reply.getHeaders(), ...OF_STREAMS } as Record<string, string>);
  const failed = (error: unknown): void => tellProblem(error, request, app.log);
  await sendEvents(reply.raw, events, { requestId: request.id, signal, failed });
  return reply;
}

/** Asks for the first event before anything is sent: what is refused at once is an ordinary problem with its status. */
async function begun(events: AsyncIterable<SentEvent>): Promise<AsyncIterable<SentEvent>> {
  const iterator = events[Symbol.asyncIterator]();
  let first: Promise<IteratorResult<SentEvent>> | null = Promise.resolve(await iterator.next());
  return {
    [Symbol.asyncIterator]: () => ({
      next() {
        const next = first ?? iterator.next();
        first = null;
        return next;
      },
      return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    }),
  };
}

const OF_STREAMS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  connection: 'close',
} as const;

function callOf({ request, reply }: Turn, app: App, signal: AbortSignal): Call<never, never, never> {
  return {
    app,
    caller: request.caller,
    params: request.params as never,
    query: request.query as never,
    body: request.body as never,
    headers: request.headers as Readonly<Record<string, string | undefined>>,
    from: request.ip,
    secure: request.protocol === 'https' || app.config.http.publicUrl?.startsWith('https:') === true,
    now: app.clock.now(),
    requestId: request.id,
    signal,
    setHeader: (name, value) => void reply.header(name, value),
    note: () => undefined,
  };
}

function sendText(reply: FastifyReply, status: number, text: string | null): FastifyReply {
  reply.header('cache-control', 'no-store');
  return text === null ? reply.status(204).send() : reply.status(status).type('application/json').send(text);
}

function sendFile(sent: SentFile, reply: FastifyReply): FastifyReply {
  if (sent.saveAs !== null)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(sent.saveAs)}`);
  if (sent.etag !== undefined) reply.header('etag', sent.etag);
  return reply
    .header('cache-control', sent.cache ?? 'no-store')
    .type(sent.type)
    .send(sent.body);
}
