import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type Answer, addressOf, type Exchange, listen, openDoor, send } from './exchange.js';
import { type PrismServer, prismProxy } from './prism.js';

/** What the judge found at one door. */
export interface Verdict {
  /** Calls judged. */
  readonly calls: number;
  readonly violations: readonly string[];
}

/** A judge under way. `POST /open?upstream=…` opens a door before a simulator, `POST /close?door=…` ends it and tells the verdict. */
export interface Judge {
  readonly url: string;
  stop(): Promise<void>;
}

/** Names a recorded exchange to the stand-in behind Prism. */
const EXCHANGE = 'x-judged-exchange';

/**
 * Stands between client and simulator without changing a byte, and shows every exchange to Prism with `--errors` on the
 * channel's official models: Prism is asked with the same request and gets the recorded answer from its upstream. Neither client
 * nor simulator has written the rules they are measured by.
 */
export async function startJudge(models: readonly string[]): Promise<Judge> {
  const recorded = new Map<string, Answer>();
  const standIn = createServer((request, response) => replay(recorded, request, response));
  const prism = await prismProxy(models, await listen(standIn));
  const bench = { recorded, prism: await prism.listen(0, '127.0.0.1'), doors: new Map<string, Door>() };
  const desk = createServer((request, response) => {
    control(bench, new URL(request.url ?? '/', 'http://127.0.0.1')).then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(String(error));
      },
    );
  });
  return { url: await listen(desk), stop: () => stopAll([desk, standIn], prism) };
}

interface Door {
  readonly server: Server;
  readonly judged: Promise<readonly string[]>[];
}

interface Bench {
  readonly recorded: Map<string, Answer>;
  readonly prism: string;
  readonly doors: Map<string, Door>;
}

async function control(bench: Bench, url: URL): Promise<object> {
  if (url.pathname === '/open') return open(bench, url.searchParams.get('upstream') ?? '');
  return close(bench, url.searchParams.get('door') ?? '');
}

async function open(bench: Bench, upstream: string): Promise<{ readonly door: string }> {
  const judged: Door['judged'] = [];
  const server = await openDoor(upstream, (exchange) => void judged.push(violationsOf(bench, exchange)));
  const door = addressOf(server);
  bench.doors.set(door, { server, judged });
  return { door };
}

async function close(bench: Bench, address: string): Promise<Verdict> {
  const door = bench.doors.get(address);
  if (door === undefined) throw new Error(`no door ${address}`);
  bench.doors.delete(address);
  door.server.close();
  door.server.closeAllConnections();
  const found = await Promise.all(door.judged);
  return { calls: found.length, violations: [...new Set(found.flat())] };
}

let exchanges = 0;

async function violationsOf(bench: Bench, exchange: Exchange): Promise<readonly string[]> {
  exchanges += 1;
  const id = String(exchanges);
  bench.recorded.set(id, exchange.answer ?? NO_ANSWER);
  const headers = { ...exchange.headers, [EXCHANGE]: id };
  const said = await send(bench.prism, { ...exchange, ...inflated(exchange), headers });
  bench.recorded.delete(id);
  if (isDocument(exchange, said)) return [];
  const named = said.headers['sl-violations'];
  const refused = String(said.headers['content-type']).includes('problem+json');
  if (named === undefined && !refused) return [];
  if (named !== undefined && onlyAnswer(String(named)) && isOutsideModel(exchange.answer)) return [];
  const answer = exchange.answer === null ? 'no answer' : exchange.answer.status;
  return [`${exchange.method} ${exchange.url} (${answer}): ${named ?? said.body.toString('utf8')}`];
}

/** Documents have addresses that are signed, carry no token and stand in no model. */
function isDocument(exchange: Exchange, said: Answer): boolean {
  return exchange.headers['x-amz-access-token'] === undefined && said.status === 404;
}

/** Stands for the answer of a broken connection: only the request is judged. */
const NO_ANSWER: Answer = { status: 503, headers: { 'content-type': 'text/html' }, body: Buffer.alloc(0) };

/** A gateway's own page says nothing of the model: SP-API answers with HTML when the service behind it is away. */
function isOutsideModel(answer: Answer | null): boolean {
  return (
    answer === null ||
    (answer.status >= 500 && !String(answer.headers['content-type']).includes('application/json'))
  );
}

function onlyAnswer(violations: string): boolean {
  const parsed = JSON.parse(violations) as readonly { readonly location: readonly string[] }[];
  return parsed.every(({ location }) => location[0] === 'response');
}

/** Prism reads no gzip. */
function inflated(exchange: Exchange): Partial<Exchange> {
  if (exchange.headers['content-encoding'] !== 'gzip') return {};
  return { body: gunzipSync(exchange.body) };
}

function replay(
  recorded: ReadonlyMap<string, Answer>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const answer = recorded.get(String(request.headers[EXCHANGE])) ?? NO_ANSWER;
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
}

async function stopAll(servers: readonly Server[], prism: PrismServer): Promise<void> {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await prism.close();
}
