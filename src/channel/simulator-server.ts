import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/json.js';
import type { Fault, FaultPlan, SimulatedCall } from './simulator.js';

/** A call as a simulator's routes see it. */
export interface SimulatorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body, gunzipped when it was sent so. */
  readonly body: Buffer;
}

/** A simulator's answer. An object is sent as JSON. */
export interface SimulatorReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | JsonValue;
}

/** What a simulator hands to the server: its routes, and how this channel says "slow down". */
export interface SimulatorRoutes {
  answer(request: SimulatorRequest): Promise<SimulatorReply> | SimulatorReply;
  throttled(delayMs: number, request: SimulatorRequest): SimulatorReply;
  /** The name of what is asked, where every call has the same path (GraphQL): it is put behind the path in the log of calls and for faults. */
  nameOf?(request: SimulatorRequest): string | null;
  /** Paths that faults without `match` leave alone (token endpoints). */
  readonly tokenPath: string;
  /** State shown at `/_sim/state`. */
  state(): JsonObject;
  /** Commands at `POST /_sim/<name>` (`order`, `refuse`, …) for people who run the simulator alone. */
  readonly commands: Readonly<Record<string, (body: JsonObject) => JsonValue>>;
}

/** A listening simulator server. */
export interface SimulatorServer {
  readonly url: string;
  readonly faults: FaultPlan;
  readonly calls: readonly SimulatedCall[];
  stop(): Promise<void>;
}

const MAX_BODY = 64 * 1024 * 1024;

/** Listens on loopback, injects faults, logs calls. The same for every simulator; facts of a channel stay with it. */
export async function serveSimulator(routes: SimulatorRoutes, port: number): Promise<SimulatorServer> {
  const calls: SimulatedCall[] = [];
  const pending: { fault: Fault; left: number }[] = [];
  const faults: FaultPlan = {
    add: (fault) => void pending.push({ fault, left: fault.times ?? 1 }),
    clear: () => void pending.splice(0),
  };
  const server = createServer((request, response) => {
    handle({ request, response, routes, calls, pending, faults }).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(
        `simulator defect: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, faults, calls, stop: () => stop(server) };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly routes: SimulatorRoutes;
  readonly calls: SimulatedCall[];
  readonly pending: { fault: Fault; left: number }[];
  readonly faults: FaultPlan;
}

async function handle(exchange: Exchange): Promise<void> {
  const { request, response, routes, calls } = exchange;
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const seen: SimulatorRequest = {
    method: request.method ?? 'GET',
    path: decodeURI(url.pathname),
    query: url.searchParams,
    headers: request.headers,
    body: await bodyOf(request),
  };
  if (url.pathname.startsWith('/_sim/')) return write(response, control(exchange, seen));
  const name = routes.nameOf?.(seen) ?? null;
  const path = name === null ? url.pathname : `${url.pathname}#${name}`;
  const log = (status: number): void =>
    void calls.push({ method: seen.method, path, status, atMs: Date.now() });
  const fault = takeFault(exchange.pending, `${seen.method} ${path}`, routes.tokenPath);
  if (fault?.kind === 'stall') return log(0);
  if (fault?.kind === 'drop-before') {
    log(0);
    request.socket.destroy();
    return;
  }
  if (fault?.kind === 'throttle') return finish(response, routes.throttled(fault.ms ?? 1_000, seen), log);
  if (fault?.kind === 'fail')
    return finish(response, { status: 503, body: '<html>Service Unavailable</html>' }, log);
  const reply = await routes.answer(seen);
  if (fault?.kind === 'drop-after') {
    log(0);
    request.socket.destroy();
    return;
  }
  if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 500));
  finish(response, reply, log);
}

function takeFault(pending: Exchange['pending'], call: string, tokenPath: string): Fault | null {
  const index = pending.findIndex(({ fault }) =>
    fault.match === undefined ? !call.endsWith(tokenPath) : call.includes(fault.match),
  );
  const hit = pending[index];
  if (!hit) return null;
  hit.left -= 1;
  if (hit.left <= 0) pending.splice(index, 1);
  return hit.fault;
}

/** The door for people and other processes: state, calls, faults and the simulator's own commands. */
function control(exchange: Exchange, seen: SimulatorRequest): SimulatorReply {
  const name = seen.path.slice('/_sim/'.length);
  if (seen.method === 'GET' && name === 'state') return { status: 200, body: exchange.routes.state() };
  if (seen.method === 'GET' && name === 'calls')
    return { status: 200, body: exchange.calls as unknown as JsonValue };
  const body: unknown = seen.body.length > 0 ? JSON.parse(seen.body.toString('utf8')) : {};
  if (!isJsonObject(body)) return { status: 400, body: { error: 'a JSON object is expected' } };
  if (name === 'faults') {
    exchange.faults.add(body as unknown as Fault);
    return { status: 200, body: { added: true } };
  }
  const command = Object.hasOwn(exchange.routes.commands, name) ? exchange.routes.commands[name] : undefined;
  if (!command)
    return {
      status: 404,
      body: { error: `no command ${name}`, commands: Object.keys(exchange.routes.commands) },
    };
  return { status: 200, body: command(body) };
}

function finish(response: ServerResponse, reply: SimulatorReply, log: (status: number) => void): void {
  log(reply.status);
  write(response, reply);
}

function write(response: ServerResponse, reply: SimulatorReply): void {
  const json = reply.body !== undefined && typeof reply.body !== 'string' && !Buffer.isBuffer(reply.body);
  const body = json ? JSON.stringify(reply.body) : (reply.body as string | Buffer | undefined);
  response.writeHead(reply.status, {
    ...(json ? { 'content-type': 'application/json' } : {}),
    date: new Date().toUTCString(),
    ...reply.headers,
  });
  response.end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) throw new Error('request body over 64 MiB');
    parts.push(part);
  }
  const raw = Buffer.concat(parts);
  return request.headers['content-encoding'] === 'gzip'
    ? gunzipSync(raw, { maxOutputLength: MAX_BODY })
    : raw;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
