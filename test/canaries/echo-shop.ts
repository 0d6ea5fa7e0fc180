import { createServer } from 'node:http';
import { listening } from '../faults/raw-server.js';

/** A shop that repeats what it was sent whenever it can: in refusals, in error pages, in answers nobody can read. */
export interface EchoShop {
  readonly address: string;
  /** How many orders were posted to it. */
  readonly posted: () => number;
  close(): Promise<void>;
}

const HOW = [
  'refuse',
  'fail',
  'page',
  'cut',
  'throttle',
  'unauthorized',
  'nonsense',
  'take',
  'take',
] as const;

/** Answers every order in turn in another way, always with the whole order in it. */
export async function echoShop(): Promise<EchoShop> {
  let posted = 0;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const sent = Buffer.concat(parts).toString('utf8');
      const json = (status: number, body: object): unknown =>
        response
          .writeHead(status, {
            'content-type': 'application/json',
            'x-echo': encodeURIComponent(sent).slice(0, 4_000),
          })
          .end(JSON.stringify(body));
      if (request.method === 'GET') return json(200, { orders: [] });
      const order = JSON.parse(sent) as {
        key: string;
        buyer?: { name?: string; address?: { lines?: string[] } };
      };
      const told = `${order.buyer?.name} at ${order.buyer?.address?.lines?.join(', ')} is not deliverable`;
      const how = HOW[posted % HOW.length];
      posted += 1;
      if (how === 'refuse') return json(422, { message: told });
      if (how === 'fail') return json(500, { message: `${told}: ${sent}` });
      if (how === 'page')
        return response.writeHead(502, { 'content-type': 'text/html' }).end(`<html>${sent}</html>`);
      if (how === 'cut')
        return response.writeHead(200, { 'content-type': 'application/json' }).end(sent.slice(0, -9));
      if (how === 'throttle') return json(429, { message: told });
      if (how === 'unauthorized') return json(409, { message: told });
      if (how === 'nonsense') return json(200, { id: told, key: `not ${order.key} but ${told}` });
      return json(201, { id: `shop-${posted}`, key: order.key, shipments: [], attention: 'look at it' });
    });
  });
  const port = await listening(server);
  return {
    address: `http://127.0.0.1:${port}/orders`,
    posted: () => posted,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
