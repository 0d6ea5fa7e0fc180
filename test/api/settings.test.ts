import { afterAll, beforeAll, expect, it } from 'vitest';
import { raiseProblem } from '../../src/problems/problems.js';
import { type ServedHouse, serveHouse, type Visitor } from '../support/served-house.js';

let house: ServedHouse;
let admin: Visitor;
let operator: Visitor;

beforeAll(async () => {
  house = await serveHouse(`
channels:
  market: { connector: memory, country: US, language: en, currency: USD, zone: UTC, settings: { endpoint: "http://127.0.0.1:9", token: secret-of-the-channel } }
`);
  admin = await house.visitor('admin');
  operator = await house.visitor('operator');
});
afterAll(() => house.close());

it('keeps where the house sells, takes nothing that is none, and tells the audit log', async () => {
  const first = (await operator.call('GET', '/settings')).body;
  expect(first.general).toEqual({ country: null, currency: null, zone: null, weightUnit: null });
  expect(first.buyers).toEqual([{ channel: 'market', days: 23, orderMonths: null }]);
  expect(first.backups).toMatchObject({ lastAt: null });
  expect(JSON.stringify(first)).not.toContain('secret-of-the-channel');
  const change = { country: 'DE', currency: 'EUR', zone: 'Europe/Berlin', weightUnit: 'kg' };
  expect((await operator.call('PATCH', '/settings', change)).status).toBe(403);
  expect((await admin.call('PATCH', '/settings', change)).body).toEqual(change);
  expect((await admin.call('PATCH', '/settings', { weightUnit: null })).body).toEqual({
    ...change,
    weightUnit: null,
  });
  const nowhere = await admin.call('PATCH', '/settings', { zone: 'Mars/Base' });
  expect([nowhere.status, nowhere.body.pointers[0].pointer]).toEqual([422, '/zone']);
  expect((await admin.call('PATCH', '/settings', { country: 'Germany' })).status).toBe(400);
  const entry = await house.app.database.get<{ after_value: string }>(
    "SELECT after_value FROM audit_entry WHERE object = 'settings' AND outcome = 'done' ORDER BY number DESC LIMIT 1",
  );
  expect(JSON.parse(entry?.after_value ?? '')).toMatchObject({ country: 'DE', weightUnit: null });
});

it('puts a problem off for everybody, shows it among those put off, and brings it back', async () => {
  const problem = { key: 'standing:changes_held:market', channel: 'market', severity: 'error' } as const;
  await raiseProblem(
    house.app.database,
    { ...problem, code: 'changes_held', message: '3 changes are held', advice: 'Look.' },
    house.clock.now(),
  );
  const groups = async (query = ''): Promise<string[]> =>
    (await operator.call('GET', `/problems${query}`)).body.groups.map(({ id }: { id: string }) => id);
  expect(await groups()).toEqual(['changes_held:market']);
  const snooze = (body: object) => operator.call('POST', '/problems/changes_held%3Amarket/snooze', body);
  expect((await snooze({ until: '2026-11-25T11:00:00.000Z' })).body.code).toBe('until_past');
  expect((await snooze({ until: '2026-11-26T12:00:00+02:00', note: 'Bob looks' })).status).toBe(204);
  expect(await groups()).toEqual([]);
  const [asleep] = (await operator.call('GET', '/problems?snoozed=true')).body.groups;
  expect(asleep).toMatchObject({
    id: 'changes_held:market',
    snooze: { until: '2026-11-26T10:00:00.000Z', note: 'Bob looks', by: 'A operator' },
  });
  expect((await operator.call('GET', '/overview')).body.problems).toEqual([]);
  expect((await operator.call('DELETE', '/problems/changes_held%3Amarket/snooze')).status).toBe(204);
  expect(await groups()).toEqual(['changes_held:market']);
  expect((await operator.call('POST', '/problems/none%3A/snooze', {})).status).toBe(404);
  expect((await (await house.visitor('editor')).call('POST', '/problems/none%3A/snooze', {})).status).toBe(
    403,
  );
});
