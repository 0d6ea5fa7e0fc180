import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import { type FastifyInstance, type FastifyReply, fastify } from 'fastify';
import type { Log } from '../channel/connector.js';
import { OmnifeedError, OperatorError } from '../domain/errors.js';
import { NOWHERE, type Problem, problemOf } from './problem.js';
import { ALWAYS, addSecurityHeaders } from './security-headers.js';
import { type LoopDelay, shedLoad } from './shed-load.js';

/** A group of routes of the HTTP door: it parses, calls the house and presents. */
export interface Door {
  /** For the log. */
  readonly name: string;
  /** Adds its routes. Limits of its own (body size, rate) go into the routes' options. */
  add(server: FastifyInstance): void;
}

/** Where to listen and what with. */
export interface HttpSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly log: Log;
  /** Whether a proxy's word for the caller's address is believed. */
  readonly trustProxy?: boolean;
  /** How late the process answers; absent: it is measured. */
  readonly loopDelay?: LoopDelay;
  /** Whether people come over https although we do not speak it: a proxy does. */
  readonly https?: boolean;
}

/** A listening door. */
export interface HttpServer {
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no new calls and ends when those under way are answered. */
  close(): Promise<void>;
}

/** Bounds of every route that sets none of its own. */
const BODY_BYTES = 64 * 1024;
const CALLS_PER_MINUTE = 600;
const REQUEST_MS = 10_000;
/** A SKU of 500 letters may have an address of six bytes for each. */
const LONGEST_PARAM = 3_000;

/**
 * Opens the one HTTP server of a process. Query strings are not logged: they carry click ids. Throws OperatorError when the address cannot
 * be used.
 */
export async function serveHttp(doors: readonly Door[], settings: HttpSettings): Promise<HttpServer> {
  const server = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    trustProxy: settings.trustProxy ?? false,
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    connectionTimeout: 2 * REQUEST_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: LONGEST_PARAM },
    frameworkErrors: (error, request, plain) => {
      const reply = plain as FastifyReply;
      for (const [name, value] of Object.entries(ALWAYS)) reply.header(name, value);
      const { status, ...shown } = shownError(error);
      if (isApi(request.url)) sendPlainProblem(reply, problemOf(error, request.id));
      else reply.status(status).send(shown);
    },
  });
  addSecurityHeaders(server, settings.https ?? false);
  shedLoad(server, settings.loopDelay);
  await server.register(rateLimit, { max: CALLS_PER_MINUTE, timeWindow: 60_000 });
  server.setErrorHandler((error, _request, reply) => {
    const { status, ...shown } = shownError(error);
    if (status >= 500) {
      const code = error instanceof OmnifeedError ? error.code : shown.code;
      settings.log.error({ code }, `http: ${String(error)}`.slice(0, 500));
    }
    return reply.status(status).send(shown);
  });
  server.setNotFoundHandler((request, reply) =>
    isApi(request.url)
      ? sendPlainProblem(reply, problemOf(NOWHERE, request.id))
      : reply
          .status(404)
          .send({ code: 'not_found', message: 'There is nothing here.', advice: 'Check the address.' }),
  );
  for (const door of doors) door.add(server);
  const url = await listen(server, settings);
  settings.log.info({ url, doors: doors.map((door) => door.name) }, 'listening');
  return { url, close: () => closeAll(server) };
}

function isApi(url: string): boolean {
  return url.startsWith('/api/v1/');
}

/** What no route of the API could answer is told as its routes tell it. */
function sendPlainProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Connections that fall idle while others are still answered are closed too: browsers keep theirs open for a minute. */
async function closeAll(server: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => server.server.closeIdleConnections(), 50);
  try {
    await server.close();
  } finally {
    clearInterval(sweep);
  }
}

async function listen(server: FastifyInstance, { host, port }: HttpSettings): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    await server.close();
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new OperatorError(
      'http_not_opened',
      `${host}:${port} cannot be listened on (${code})`,
      'Choose another `http.port` in omnifeed.yaml, or end what uses it.',
      cause,
    );
  }
}

interface Shown {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

/** Faults of the house are not shown in detail: outside, nobody can do anything with them; they are in the log. */
function shownError(error: unknown): Shown {
  const given = (error as { statusCode?: unknown }).statusCode;
  if (typeof given === 'number' && given >= 400 && given < 500)
    return {
      status: given,
      code: given === 429 ? 'too_many_calls' : 'bad_request',
      message: error instanceof Error ? error.message : 'The request cannot be taken.',
      advice: given === 429 ? 'Wait a minute.' : 'Correct the request.',
    };
  return { status: 500, code: 'failed', message: 'Something went wrong here.', advice: 'Try again later.' };
}
