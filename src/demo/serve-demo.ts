import { randomInt } from 'node:crypto';
import { newEntryToken } from '../access/entry-tokens.js';
import { hashPassword } from '../access/passwords.js';
import { addUser, keepPassword } from '../access/users.js';
import { doorsOf } from '../api/doors.js';
import { type HttpServer, serveHttp } from '../api/server.js';
import { OperatorError } from '../domain/errors.js';
import { workOn } from '../start.js';
import type { DemoHouse } from './demo-house.js';

/** How a demo is served. */
export interface ServeDemo {
  /** 0: any free one. */
  readonly port: number;
  readonly version: string;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Lines for whoever started it: the address, and how to sign in. */
  say(line: string): void;
}

const EMAIL = 'demo@shop.example';
const JOBS_AT_ONCE = 3;
const WORDS = [
  'amber',
  'birch',
  'cedar',
  'delta',
  'ember',
  'fjord',
  'grove',
  'heath',
  'inlet',
  'juniper',
  'kelp',
  'lagoon',
];

/** Serves a demo house with its console on this machine until the signal, and keeps everything in step meanwhile. Throws `port_taken`. */
export async function serveDemo({ app, empty }: DemoHouse, serve: ServeDemo): Promise<void> {
  const { port, version, signal, say } = serve;
  const server = await served(
    () => serveHttp(doorsOf(app, version), { host: '127.0.0.1', port, log: app.log }),
    port,
  );
  try {
    say(`\n${empty ? await setupLine(app, server.url) : await signInLines(app, server.url)}`);
    say('Everything runs on this machine; nothing is sent anywhere else. Ctrl-C ends it.');
    await workOn(app, { concurrency: JOBS_AT_ONCE, schedules: true, signal });
  } finally {
    await server.close();
  }
}

async function setupLine(app: DemoHouse['app'], url: string): Promise<string> {
  const { token } = await newEntryToken(app.database, null, app.clock.now());
  return `Open ${url}/setup?token=${token}`;
}

/** An administrator whose password is made up each time: nobody else on this machine knows it. */
async function signInLines(app: DemoHouse['app'], url: string): Promise<string> {
  const word = (): string => WORDS[randomInt(WORDS.length)] ?? 'amber';
  const password = `${word()}-${word()}-${word()}-${randomInt(1_000, 10_000)}`;
  const hash = await hashPassword(password);
  const { database, clock } = app;
  await database.transaction(async (tx) => {
    const user = await addUser(tx, { name: 'Demo', email: EMAIL, role: 'admin' }, clock.now());
    await keepPassword(tx, user.id, hash);
  });
  return `Open     ${url}/\nE-mail   ${EMAIL}\nPassword ${password}`;
}

async function served(start: () => Promise<HttpServer>, port: number): Promise<HttpServer> {
  try {
    return await start();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new OperatorError(
      'port_taken',
      `Port ${port} cannot be used (${code})`,
      'Choose another with --port.',
    );
  }
}
