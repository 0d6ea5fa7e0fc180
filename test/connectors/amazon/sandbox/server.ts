import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonValue } from '../../../../src/domain/json.js';
import { bestCase, casesFor, type SandboxRequest } from './matching.js';
import type { StaticCase } from './static-cases.js';

/** Amazon's static sandbox on loopback: canned answers of the official models, no state. */
export interface Sandbox {
  readonly url: string;
  /** Cases that answered so far. */
  readonly answered: ReadonlySet<StaticCase>;
  close(): Promise<void>;
}

const TOKEN = 'Atza|sandbox';

/** Starts the sandbox with the cases of the models. It also exchanges tokens, which the models do not describe. */
export async function startSandbox(cases: readonly StaticCase[]): Promise<Sandbox> {
  const answered = new Set<StaticCase>();
  const server = createServer((request, response) => {
    void answer(request, cases).then(({ reply, from }) => {
      if (from) answered.add(from);
      send(response, reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answered,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

interface Reply {
  readonly status: number;
  readonly body?: JsonValue;
}

async function answer(
  request: IncomingMessage,
  cases: readonly StaticCase[],
): Promise<{ readonly reply: Reply; readonly from?: StaticCase }> {
  const text = await bodyOf(request);
  const address = new URL(request.url ?? '/', 'http://sandbox');
  if (address.pathname === '/auth/o2/token') return { reply: tokenReply(new URLSearchParams(text)) };
  if (request.headers['x-amz-access-token'] !== TOKEN) return { reply: refused(403, 'Unauthorized') };
  const asked: SandboxRequest = {
    method: request.method ?? '',
    path: address.pathname,
    query: address.searchParams,
    ...(text === '' ? {} : { body: JSON.parse(text) as JsonValue }),
  };
  const own = casesFor(cases, asked);
  if (own.length === 0) return { reply: refused(403, 'Unauthorized') };
  const from = bestCase(own, asked);
  if (from === null) return { reply: refused(400, 'InvalidInput', 'Could not match input arguments') };
  const body = from.response === undefined ? {} : { body: from.response };
  return { reply: { status: from.status, ...body }, from };
}

function tokenReply(form: URLSearchParams): Reply {
  if (form.get('client_secret') === 'wrong') return { status: 401, body: { error: 'invalid_client' } };
  if (form.get('refresh_token') === 'revoked') return { status: 400, body: { error: 'invalid_grant' } };
  return { status: 200, body: { access_token: TOKEN, token_type: 'bearer', expires_in: 3_600 } };
}

function refused(status: number, code: string, message = 'Access to requested resource is denied.'): Reply {
  return { status, body: { errors: [{ code, message, details: '' }] } };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    'x-amzn-ratelimit-limit': '5.0',
  });
  response.end(body === undefined || status === 204 ? undefined : JSON.stringify(body));
}
