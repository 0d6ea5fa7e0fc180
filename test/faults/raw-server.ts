import net from 'node:net';

/** A server in the test's hand: every connection is told to `answer` once a request's head has arrived. */
export interface RawServer {
  readonly url: string;
  /** Requests whose head has arrived. */
  readonly requests: () => number;
  close(): Promise<void>;
}

/** Starts one on a free port of this machine; what `answer` writes is what goes over the wire. */
export async function rawServer(answer: (socket: net.Socket) => void): Promise<RawServer> {
  let requests = 0;
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined); // the client hung up, which is what some tests are about
    socket.once('data', () => {
      requests += 1;
      answer(socket);
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}/orders`,
    requests: () => requests,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The port a server listens on, on this machine only. */
export function listening(server: net.Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port));
  });
}

/** An answer whose end is the end of the connection: nothing in its head says that something is missing. */
export function untilClose(body: string | Buffer, more: readonly string[] = []): Buffer {
  const head = ['HTTP/1.1 200 OK', 'content-type: application/json', 'connection: close', ...more].join(
    '\r\n',
  );
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), Buffer.from(body)]);
}
