import { setMaxListeners } from 'node:events';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';
import { needsSecondFactor, rolesWith, saysOf } from '../access/permissions.js';
import type { App } from '../app.js';
import { checkRoutes } from './check-routes.js';
import { counted } from './counted.js';
import { statusOf } from './openapi.js';
import { problemOf, Refusal } from './problem.js';
import type { Call, Route, SentFile } from './route.js';
import { type SentEvent, sendEvents } from './send-events.js';
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
          scope.setErrorHandler((error, request, reply) => sendProblem(error, { request, reply }, parts));
          scope.setNotFoundHandler((request, reply) =>
            sendProblem(
              new Refusal(
                404,
                'not_found',
                'There is nothing here.',
                'Check the address: /api/docs lists them.',
              ),
              { request, reply },
              parts,
            ),
          );
          for (const route of parts.routes) addRoute(scope, route, { ...parts, closing: closing.signal });
        },
        { prefix: '/api/v1' },
      );
    },
  };
}

function addRoute(scope: FastifyInstance, route: Route, parts: OpenParts): void {
  const { method, path, params, query, body, limits } = route;
  const name = `${method} ${path}`;
  const check = 'kind' in route.answer ? null : answerCheck(route.answer, name);
  const shaped = body !== undefined && !('kind' in body) ? body : null;
  const add = (into: FastifyInstance): void => {
    into.route({
      method,
      url: path,
      ...(limits?.bodyBytes === undefined ? {} : { bodyLimit: limits.bodyBytes }),
      config:
        limits?.perMinute === undefined ? {} : { rateLimit: { max: limits.perMinute, timeWindow: 60_000 } },
      schema: {
        ...(params ? { params: params.schema } : {}),
        querystring: query?.schema ?? NOTHING,
        ...(shaped ? { body: shaped.schema } : {}),
      },
      onRequest: async (request) => {
        request.caller = await parts.identify(request);
        refuseUnlessAllowed(route, request.caller);
      },
      handler: (request, reply) => answer({ route, request, reply, check }, parts),
    });
  };
  if (body === undefined || !('kind' in body)) {
    add(scope);
    return;
  }
  // In a scope of its own: here the bytes are not for us to read.
  scope.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser([...body.types], (_request, payload, done) =>
      done(null, counted(payload, body.maxBytes)),
    );
    add(inner);
  });
}

const NOTHING = { type: 'object', properties: {}, additionalProperties: false } as const;

/** Throws a Refusal: 401 for who is unknown, 403 for who may not, saying who may. */
function refuseUnlessAllowed({ permission }: Route, caller: Caller | null): void {
  if (permission === 'open') return;
  if (caller === null)
    throw new Refusal(
      401,
      'not_signed_in',
      'Nobody is signed in.',
      'Sign in, or send an API key as a bearer token.',
    );
  if (permission === 'signed-in') return;
  if (!caller.permissions.has(permission)) {
    const ask =
      caller.kind === 'key'
        ? 'Use a key with that scope.'
        : `Ask for the role ${rolesWith(permission).join(' or ')}.`;
    throw new Refusal(
      403,
      'not_allowed',
      `This needs the right to ${saysOf(permission)} (${permission}).`,
      ask,
    );
  }
  if (needsSecondFactor(permission) && !caller.secondFactor && caller.kind === 'user')
    throw new Refusal(
      403,
      'second_factor_needed',
      'Buyers are shown only to people who sign in with a second factor.',
      'Set one up under your account, then sign in again.',
    );
}

interface Turn {
  readonly route: Route;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly check: ((answer: unknown) => void) | null;
}

async function answer(turn: Turn, parts: OpenParts): Promise<unknown> {
  const { route, request, reply, check } = turn;
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort(new Error('nobody listens any more')));
  const signal = AbortSignal.any([gone.signal, parts.closing]);
  const given = await route.handle(callOf(turn, parts, signal));
  if (check !== null) {
    check(given);
    return reply
      .status(statusOf(route))
      .header('cache-control', 'no-store')
      .type('application/json')
      .send(JSON.stringify(given));
  }
  if (!('kind' in route.answer) || route.answer.kind === 'nothing')
    return reply.status(statusOf(route)).send();
  if (route.answer.kind === 'file') return sendFile(given as SentFile, reply);
  reply.hijack();
  reply.raw.writeHead(200, {
    ...reply.getHeaders(),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'close',
  } as Record<string, string>);
  const failed = (error: unknown): void => tell(error, request, parts);
  await sendEvents(reply.raw, given as AsyncIterable<SentEvent>, { requestId: request.id, signal, failed });
  return reply;
}

function callOf({ request, reply }: Turn, parts: ApiParts, signal: AbortSignal): Call<never, never, never> {
  return {
    app: parts.app,
    caller: request.caller,
    params: request.params as never,
    query: request.query as never,
    body: request.body as never,
    headers: request.headers as Readonly<Record<string, string | undefined>>,
    from: request.ip,
    now: parts.app.clock.now(),
    requestId: request.id,
    signal,
    setHeader: (name, value) => void reply.header(name, value),
    note: () => undefined,
  };
}

function sendFile(sent: SentFile, reply: FastifyReply): FastifyReply {
  if (sent.saveAs !== null)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(sent.saveAs)}`);
  if (sent.etag !== undefined) reply.header('etag', sent.etag);
  return reply
    .header('cache-control', sent.cache ?? 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type(sent.type)
    .send(sent.body);
}

function sendProblem(
  error: unknown,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  parts: ApiParts,
): FastifyReply {
  tell(error, request, parts);
  const problem = problemOf(error, request.id);
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

/** Only what is ours to mend is logged as an error; what the caller did wrong is told to the caller. */
function tell(error: unknown, request: FastifyRequest, { app }: ApiParts): void {
  const { status, code } = problemOf(error, request.id);
  if (status < 500) return;
  const route = request.routeOptions.url ?? '';
  app.log.error({ code, requestId: request.id, route }, `api: ${String(error)}`.slice(0, 500));
}
