import { afterEach, beforeEach, expect, it } from 'vitest';
import { hooks } from '../../jobs/hooks.js';
import { raiseProblem } from '../../src/problems/problems.js';
import { type Receiver, receiver, signatureFor } from '../hooks/receiver.js';
import { type ServedHouse, serveHouse, type Visitor } from '../support/served-house.js';

let house: ServedHouse;
let far: Receiver;
let admin: Visitor;
beforeEach(async () => {
  far = await receiver();
  house = await serveHouse('webhooks: { privateHosts: ["127.0.0.1"] }\n');
  admin = await house.visitor('admin');
});
afterEach(async () => {
  await house.close();
  await far.stop();
});

it('a webhook is made, pinged, told, replayed, given a new secret and removed, by administrators only', async () => {
  const { app } = house;
  const operator = await house.visitor('operator');
  const wish = { url: far.url, events: ['problem.raised'] };
  expect((await operator.call('POST', '/webhooks', wish)).status).toBe(403);
  const made = await admin.call('POST', '/webhooks', wish);
  expect(made.status).toBe(201);
  const { webhook, secret } = made.body;
  const pinged = await admin.call('POST', `/webhooks/${webhook.id}/ping`);
  expect(pinged.body).toEqual({ status: 204, failure: null });
  const [ping] = far.received;
  expect([JSON.parse(ping?.body ?? '').type, ping?.signatures]).toEqual([
    'ping',
    [ping && signatureFor(ping, secret)],
  ]);
  const problem = {
    key: 'p',
    channel: null,
    severity: 'error',
    code: 'c',
    message: 'm',
    advice: 'a',
  } as const;
  await raiseProblem(app.database, problem, house.clock.now());
  expect(await hooks(app)('*', new AbortController().signal)).toEqual({ againInMs: 5_000 });
  const page = (await operator.call('GET', `/webhooks/${webhook.id}/deliveries?limit=1`)).body;
  expect(page.items).toMatchObject([
    { kind: 'problem.raised', state: 'delivered', status: 204, attempts: 1 },
  ]);
  const { event } = page.items[0];
  expect((await admin.call('POST', `/webhooks/${webhook.id}/deliveries/${event}/replay`)).status).toBe(204);
  expect((await admin.call('POST', `/webhooks/${webhook.id}/deliveries/999/replay`)).status).toBe(404);
  const since = await admin.call('POST', `/webhooks/${webhook.id}/replay`, { since: '2026-01-01T00:00:00Z' });
  expect(since.body).toEqual({ events: 1 });
  await hooks(app)('*', new AbortController().signal);
  expect(far.received).toHaveLength(3);
  const rotated = await admin.call('POST', `/webhooks/${webhook.id}/rotate`);
  expect(rotated.body.secret).not.toBe(secret);
  const listed = JSON.stringify((await operator.call('GET', '/webhooks')).body);
  for (const hidden of [secret, rotated.body.secret]) expect(listed).not.toContain(hidden);
  expect((await admin.call('PATCH', `/webhooks/${webhook.id}`, { active: false })).body.active).toBe(false);
  expect((await admin.call('DELETE', `/webhooks/${webhook.id}`)).status).toBe(204);
  expect((await admin.call('POST', `/webhooks/${webhook.id}/ping`)).status).toBe(404);
  const audit = JSON.stringify(await app.database.all('SELECT * FROM audit_entry'));
  for (const hidden of [secret, rotated.body.secret]) expect(audit).not.toContain(hidden);
});

it('takes no address with a password, of another protocol or of an unknown kind, and says so', async () => {
  for (const url of ['ftp://x.example/a', 'https://a:b@x.example/', 'javascript:alert(1)', 'not an address'])
    expect([url, (await admin.call('POST', '/webhooks', { url, events: null })).body.code]).toEqual([
      url,
      'webhook_url',
    ]);
  const unknown = await admin.call('POST', '/webhooks', { url: far.url, events: ['order.exploded'] });
  expect([unknown.status, unknown.body.pointers[0].pointer]).toEqual([400, '/events/0']);
});

it('a webhook to a private host that nobody allowed is not called', async () => {
  const made = await admin.call('POST', '/webhooks', { url: 'http://[::1]:9/x', events: null });
  const pinged = await admin.call('POST', `/webhooks/${made.body.webhook.id}/ping`);
  expect(pinged.body).toEqual({ status: null, failure: 'private_host' });
});
