import { scryptSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Role } from '../../src/access/permissions.js';
import { beginSession } from '../../src/access/sessions.js';
import { addUser, keepPassword } from '../../src/access/users.js';
import { doorsOf } from '../../src/api/doors.js';
import { serveHttp } from '../../src/api/server.js';
import { type App, type AppOptions, openApp } from '../../src/app.js';
import { newKeyText } from '../../src/config/key.js';
import type { Instant } from '../../src/domain/instant.js';
import { plusMs } from '../../src/domain/instant.js';
import { silentLog } from './silent-log.js';

/** A clock that stands until it is moved. */
export class SteadyClock {
  #now: Instant = '2026-11-25T12:00:00.000Z';
  readonly now = (): Instant => this.#now;
  readonly monotonicMs = (): number => Date.parse(this.#now);
  move(ms: number): void {
    this.#now = plusMs(this.#now, ms);
  }
}

/** A house with its HTTP doors open on a fresh SQLite database. */
export interface ServedHouse {
  readonly app: App;
  readonly clock: SteadyClock;
  /** Without a slash at its end. */
  readonly url: string;
  readonly folder: string;
  /** Somebody of a role, signed in: the cookie and the header browsers send. */
  visitor(role: Role, secondFactor?: boolean): Promise<Visitor>;
  close(): Promise<void>;
}

/** A browser that is signed in. */
export interface Visitor {
  readonly id: string;
  readonly email: string;
  readonly headers: Readonly<Record<string, string>>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

/** Opens a house. `yaml` is the rest of its configuration. */
export async function serveHouse(yaml = '', options: Pick<AppOptions, 'images'> = {}): Promise<ServedHouse> {
  const folder = await mkdtemp(path.join(tmpdir(), 'served-'));
  const file = path.join(folder, 'omnifeed.yaml');
  await writeFile(file, `database: omnifeed.db\nkeyFile: omnifeed.key\nhttp: { port: 0 }\n${yaml}`);
  await writeFile(path.join(folder, 'omnifeed.key'), newKeyText(), { mode: 0o600 });
  const clock = new SteadyClock();
  const app = await openApp(file, { clock, log: silentLog, environment: {}, ...options });
  const server = await serveHttp(doorsOf(app, '1.2.3'), { host: '127.0.0.1', port: 0, log: silentLog });
  return {
    app,
    clock,
    url: server.url,
    folder,
    visitor: (role, secondFactor = false) => enter(app, server.url, { role, secondFactor }),
    async close() {
      await server.close();
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

let made = 0;
/** Of everybody made here. Its hash is a cheap one: a real one takes a third of a second each time it is tried. */
export const PASSWORD = 'correct horse battery';
const SALT = Buffer.from('salt of the tests');
const CHEAP = `scrypt$1024$8$1$${SALT.toString('base64url')}$${scryptSync(PASSWORD, SALT, 32, { N: 1024, r: 8, p: 1 }).toString('base64url')}`;

async function enter(app: App, url: string, who: { role: Role; secondFactor: boolean }): Promise<Visitor> {
  made += 1;
  const person = { email: `${who.role}-${made}@shop.example`, name: `A ${who.role}`, role: who.role };
  const user = await addUser(app.database, person, app.clock.now());
  await keepPassword(app.database, user.id, CHEAP);
  const place = { address: '127.0.0.1', browser: 'test', now: app.clock.now() };
  const secret = await beginSession(app.database, { ...user, secondFactor: who.secondFactor }, place);
  const headers = { cookie: `omnifeed=${secret}`, 'x-omnifeed-console': '1' };
  return {
    id: user.id,
    email: user.email,
    headers,
    call: (method, at, body, more) => ask(url, { method, at, body, headers: { ...headers, ...more } }),
  };
}

/** Calls an address below `/api/v1` and reads the answer. */
export async function ask(
  url: string,
  call: {
    readonly method: string;
    readonly at: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<Answer> {
  const { method, at, body, headers } = call;
  const reply = await fetch(`${url}/api/v1${at}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    body: /json/.test(reply.headers.get('content-type') ?? '') ? JSON.parse(text) : text,
  };
}
