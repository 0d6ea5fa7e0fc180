import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call on its way. `applied`: the server has answered it, the caller has no answer yet. */
export type Moment = 'arrived' | 'applied';

/** A line to the shop that can be cut. */
export interface CuttingProxy {
  readonly url: string;
  /** Calls since the last `watch`. */
  readonly calls: number;
  /** From now on every call is shown when it arrives and when it was applied; true: the connection is cut there. */
  watch(cut: (call: number, moment: Moment) => boolean): void;
  stop(): Promise<void>;
}

/** Starts a proxy in front of an address. */
export async function cuttingProxy(target: string): Promise<CuttingProxy> {
  let calls = 0;
  let cut: (call: number, moment: Moment) => boolean = () => false;
  const server = http.createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      calls += 1;
      const call = calls;
      if (cut(call, 'arrived')) return void request.socket.destroy();
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
      const reply = await fetch(target, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: Buffer.concat(chunks),
      });
      const body = await reply.text();
      if (cut(call, 'applied')) return void request.socket.destroy();
      const token = reply.headers.get('vendure-auth-token');
      response.writeHead(reply.status, {
        'content-type': 'application/json',
        ...(token === null ? {} : { 'vendure-auth-token': token }),
      });
      response.end(body);
    })().catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin-api`,
    get calls() {
      return calls;
    },
    watch(next) {
      calls = 0;
      cut = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
