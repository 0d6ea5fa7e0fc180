import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Log } from '../channel/connector.js';
import { problemOf } from './problem.js';

/** Answers with a problem. */
export function sendProblem(
  error: unknown,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  log: Log,
): FastifyReply {
  tellProblem(error, request, log);
  const problem = problemOf(error, request.id);
  return reply
    .status(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}

/** Logs what is ours to mend; what the caller did wrong is told to the caller. */
export function tellProblem(error: unknown, request: FastifyRequest, log: Log): void {
  const { status, code } = problemOf(error, request.id);
  if (status < 500) return;
  const route = request.routeOptions.url ?? '';
  log.error({ code, requestId: request.id, route }, `api: ${String(error)}`.slice(0, 500));
}
