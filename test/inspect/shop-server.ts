import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type HostFinder, publicHost } from '../../src/inspect/public-host.js';

/** A shop on loopback under public names: pictures, pages and misbehaviour by path. */
export interface ShopServer {
  /** Address of a path under a public name. */
  at(path: string, host?: string): string;
  /** Paths asked for, with the ETag the caller knew. */
  readonly asked: readonly { readonly path: string; readonly etag: string | undefined }[];
  /** Finds names of the shop on loopback, and everything else as the house does. */
  readonly find: HostFinder;
  answer(path: string, answer: (request: IncomingMessage, response: ServerResponse) => void): void;
  stop(): Promise<void>;
}

/** Starts the shop; paths nobody prepared are not found. */
export async function shopServer(): Promise<ShopServer> {
  const asked: { path: string; etag: string | undefined }[] = [];
  const answers = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, etag: request.headers['if-none-match'] });
    const answer = answers.get(path);
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    at: (path, host = 'shop.example') => `http://${host}:${port}${path}`,
    asked,
    find: async (host) => (host.endsWith('.example') ? { address: '127.0.0.1' } : publicHost(host)),
    answer: (path, answer) => void answers.set(path, answer),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers bytes with an ETag, and 304 to whoever knows it. */
export function bytes(
  body: Buffer | string,
  etag = '"1"',
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.writeHead(200, { etag, 'content-length': Buffer.byteLength(body) }).end(body);
  };
}
