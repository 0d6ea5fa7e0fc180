import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';

/** Agents that give up connecting in time, and remember which failures came before there was a connection. */
export interface ConnectAgents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
  /** Whether the failure came before the connection (with TLS: the encrypted one) was there: not a byte of a request was sent. */
  neverConnected(failure: unknown): boolean;
}

/** As Node's own global agents are set: connections are kept for the next call, idle ones for five seconds. */
const KEPT = { keepAlive: true, scheduling: 'lifo', timeout: 5_000 } as const;

/** Agents that allow `connectMs` for name, connection and TLS together; the deadline of the whole call is not theirs. */
export function connectAgents(connectMs: number): ConnectAgents {
  const failures = new WeakSet<Error>();
  const watch = <Socket extends Duplex | null | undefined>(socket: Socket, connected: string): Socket => {
    if (socket) watchConnecting(socket, { connected, connectMs, failures });
    return socket;
  };
  class HttpAgent extends http.Agent {
    override createConnection(...args: Parameters<http.Agent['createConnection']>) {
      return watch(super.createConnection(...args), 'connect');
    }
  }
  class HttpsAgent extends https.Agent {
    override createConnection(...args: Parameters<https.Agent['createConnection']>) {
      return watch(super.createConnection(...args), 'secureConnect');
    }
  }
  return {
    httpAgent: new HttpAgent(KEPT),
    httpsAgent: new HttpsAgent(KEPT),
    neverConnected: (failure) => failure instanceof Error && failures.has(failure),
  };
}

function watchConnecting(
  socket: Duplex,
  on: { readonly connected: string; readonly connectMs: number; readonly failures: WeakSet<Error> },
): void {
  const timer = setTimeout(() => socket.destroy(new ConnectTimeout(on.connectMs)), on.connectMs);
  const failed = (error: Error): void => {
    on.failures.add(error);
  };
  const done = (): void => {
    clearTimeout(timer);
    socket.off('error', failed);
  };
  socket.on('error', failed);
  socket.once(on.connected, done);
  socket.once('close', done);
}

/** Nobody answered the connection in time. */
class ConnectTimeout extends Error {
  readonly code = 'CONNECT_TIMEOUT';

  constructor(connectMs: number) {
    super(`no connection within ${connectMs} ms`);
  }
}
