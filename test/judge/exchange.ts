import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call and its answer, byte for byte. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Null: the connection broke before an answer. */
  readonly answer: Answer | null;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Passes every call to `upstream` unchanged, and a broken connection as a broken connection; tells each exchange. */
export async function openDoor(upstream: string, tell: (exchange: Exchange) => void): Promise<Server> {
  const server = createServer((request, response) => void pass(upstream, { request, response, tell }));
  await listen(server);
  return server;
}

/** Listens on a free port of this machine. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return addressOf(server);
}

/** Where a listening server is reached. */
export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Passage {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly tell: (exchange: Exchange) => void;
}

async function pass(upstream: string, { request, response, tell }: Passage): Promise<void> {
  const body = await bytesOf(request);
  const { method = 'GET', url = '/', headers } = request;
  const call = { method, url, headers, body };
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    const answer = await send(upstream, call, gone.signal);
    tell({ ...call, answer });
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  } catch {
    tell({ ...call, answer: null });
    response.destroy();
  }
}

/** Makes a call and waits for the whole answer. */
export function send(
  upstream: string,
  call: Omit<Exchange, 'answer'>,
  signal?: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(upstream);
    const options = { hostname, port, path: call.url, method: call.method, headers: call.headers, signal };
    const request = httpRequest({ ...options, agent: false }, (reply) => {
      bytesOf(reply).then(
        (body) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body }),
        reject,
      );
    });
    request.on('error', reject);
    request.end(call.body);
  });
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
