import { afterAll, beforeAll, expect, it } from 'vitest';
import { purge } from '../../jobs/purge.js';
import { writeDown } from '../../src/access/audit-log.js';
import { doorsOf } from '../../src/api/doors.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { lateness } from '../../src/api/shed-load.js';
import { openProblems } from '../../src/problems/problems.js';
import { type ServedHouse, serveHouse } from '../support/served-house.js';
import { silentLog } from '../support/silent-log.js';

let house: ServedHouse;
let server: HttpServer;
let lateMs = 0;
beforeAll(async () => {
  house = await serveHouse();
  const settings = { host: '127.0.0.1', port: 0, log: silentLog, loopDelay: () => lateMs };
  server = await serveHttp(doorsOf(house.app, '1.2.3'), settings);
});
afterAll(async () => {
  await server.close();
  await house.close();
});

it('turns calls away while it is too busy, says when to come again, and takes them again afterwards', async () => {
  const ask = () => fetch(`${server.url}/api/v1/setup`);
  expect((await ask()).status).toBe(200);
  lateMs = 1_001;
  const busy = await ask();
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await busy.json()).toMatchObject({ code: 'too_busy', owner: 'us' });
  lateMs = 0;
  expect((await ask()).status).toBe(200);
});

it('is late when it was at every one of the last looks, not when one piece of work took long', () => {
  const late = lateness();
  for (const delayMs of [9_000, 0, 9_000, 9_000, 9_000, 9_000]) late.look(delayMs);
  expect(late.ms()).toBe(0);
  late.look(2_000);
  late.look(9_000);
  expect(late.ms()).toBe(2_000);
  late.look(3);
  expect(late.ms()).toBe(3);
});

it('tells the log once a day where the audit log ends, and a person when it is not as it was written', async () => {
  const told: unknown[] = [];
  const log = { ...silentLog, info: (...line: unknown[]) => void told.push(line) };
  const app = Object.defineProperties(
    {},
    { ...Object.getOwnPropertyDescriptors(house.app), log: { value: log } },
  );
  const { database } = house.app;
  const actor = { kind: 'user', id: 'u', name: 'Ann', address: '', requestId: '' } as const;
  const deed = { action: 'POST /x', object: 'x', outcome: 'done', before: null, after: null };
  await writeDown(database, actor, { ...deed, at: house.clock.now() });
  const run = () => purge(app as typeof house.app)('*', new AbortController().signal);
  await run();
  expect(JSON.stringify(told)).toMatch(/"entries":1,"head":"[0-9a-f]{64}"/);
  expect((await openProblems(database)).some(({ code }) => code === 'audit_broken')).toBe(false);
  await database.run("UPDATE audit_entry SET actor_name = 'Bob'");
  await run();
  expect((await openProblems(database)).some(({ code }) => code === 'audit_broken')).toBe(true);
});
