import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it came. */
export interface Received {
  readonly id: string;
  readonly timestamp: string;
  readonly signatures: readonly string[];
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** A receiver of webhooks on loopback that answers as the test says. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Answers what came; the message is noted before. */
  answer: (response: ServerResponse) => void;
  stop(): Promise<void>;
}

/** Starts a receiver that takes everything. */
export async function receiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const told = (name: string): string => String(request.headers[name] ?? '');
    received.push({
      id: told('webhook-id'),
      timestamp: told('webhook-timestamp'),
      signatures: told('webhook-signature').split(' '),
      body,
      headers: request.headers,
    });
    made.answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answer: (response) => response.writeHead(204).end(),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return made;
}

/** The signature a receiver works out for itself, by the words of Standard Webhooks. */
export function signatureFor(message: Received, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${message.id}.${message.timestamp}.${message.body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
