import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealer as sealerOf } from '../../src/channel/credentials.js';
import type { Database } from '../../src/db/database.js';
import { deliverHooks, type HookDesk, type HooksTold, pingHook } from '../../src/hooks/deliver.js';
import { forgetOldEvents, listDeliveries, replayOne, replaySince } from '../../src/hooks/deliveries.js';
import { EVENT_KINDS, type EventKind } from '../../src/hooks/event-kinds.js';
import { postHook } from '../../src/hooks/post-hook.js';
import { addWebhook, changeWebhook, removeWebhook, rotateSecret } from '../../src/hooks/webhooks.js';
import { clearProblem, openProblems, raiseProblem } from '../../src/problems/problems.js';
import { refreshProblems } from '../../src/problems/standing-problems.js';
import { order, take } from '../orders/order-bench.js';
import { type HandClock, handClock } from '../support/channel-bench.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';
import { type Receiver, receiver, signatureFor } from './receiver.js';

const sealer = sealerOf(Buffer.alloc(32, 7));
const HOUR_MS = 3_600_000;

onEachDatabase('outgoing webhooks', (open) => {
  let test: TestDatabase;
  let database: Database;
  let far: Receiver;
  let clock: HandClock;
  let desk: HookDesk;
  const stop = new AbortController();
  beforeEach(async () => {
    test = await open();
    database = test.database;
    far = await receiver();
    clock = handClock();
    desk = {
      database,
      clock,
      sealer: async () => sealer,
      rules: { privateHosts: ['127.0.0.1'] },
      random: () => 0.5,
    };
  });
  afterEach(async () => {
    await far.stop();
    await test.dispose();
  });

  const add = async (events: readonly EventKind[] | null = null, url = far.url) =>
    database.transaction((tx) => addWebhook(tx, { url, events }, { by: 'Ann', now: clock.now(), sealer }));
  const round = (): Promise<HooksTold> => deliverHooks(desk, stop.signal);
  const problem = (key: string) =>
    raiseProblem(
      database,
      { key, channel: 'market', severity: 'error', code: 'late', message: `${key} is late`, advice: 'Act.' },
      clock.now(),
    );
  const told = (): string[] => far.received.map(({ body }) => (JSON.parse(body) as { type: string }).type);

  it('tell what happens from then on, signed, thin, without buyers, and in its order', async () => {
    await problem('before');
    const { secret } = await add();
    await take(database, [order('A-1', { buyer: { name: 'Ada Byron' } })]);
    await problem('p');
    await problem('p'); // seen again is no news
    await clearProblem(database, 'p');
    const report = await round();
    expect(told().slice(0, 3)).toEqual(['order.received', 'problem.raised', 'problem.cleared']);
    expect(report).toMatchObject({ delivered: far.received.length, again: 0, dead: 0, nextAt: null });
    const [first] = far.received;
    expect(JSON.parse(first?.body ?? '')).toMatchObject({
      type: 'order.received',
      data: { channel: 'market', subject: 'A-1', status: 'open' },
    });
    expect(JSON.stringify(far.received)).not.toContain('Ada');
    for (const message of far.received) expect(message.signatures).toEqual([signatureFor(message, secret)]);
    expect(Math.abs(Number(first?.timestamp) - Date.now() / 1_000)).toBeLessThan(60);
    const stored = await database.all('SELECT * FROM webhook');
    expect(JSON.stringify(stored)).not.toContain(secret.slice(6));
  });

  it('tell nothing of what was rolled back, and only the kinds that were asked for', async () => {
    await add(['problem.cleared', 'order.shipped']);
    await database
      .transaction(async (tx) => {
        await tx.run("DELETE FROM problem WHERE problem_key = 'none'");
        await raiseProblem(
          tx,
          { key: 'p', channel: null, severity: 'error', code: 'c', message: 'm', advice: 'a' },
          clock.now(),
        );
        await clearProblem(tx, 'p');
        throw new Error('broken off');
      })
      .catch(() => undefined);
    await take(database, [order('A-1')]);
    const later = '2026-11-02T08:00:00.000Z';
    await take(database, [order('A-1', { status: 'shipped', updatedAt: later })]);
    await round();
    expect(told()).toEqual(['order.shipped']);
  });

  it('come back later each time after a refusal, in their order, and stop after three days as a problem', async () => {
    const { webhook } = await add(['problem.raised']);
    far.answer = (response) => response.writeHead(500).end();
    await problem('first');
    await problem('second');
    let attempts = 0;
    for (; attempts < 30; attempts++) {
      const { dead, nextAt } = await round();
      if (dead > 0) break;
      if (nextAt === '') throw new Error('a failing receiver is left alone');
      clock.advance(25 * HOUR_MS);
    }
    expect(far.received.length).toBe(10);
    expect(new Set(far.received.map(({ id }) => id)).size).toBe(1);
    await refreshProblems(database, clock.now());
    const open = (await openProblems(database)).filter(({ code }) => code === 'webhook_dead');
    expect(open).toHaveLength(1);
    const page = { state: null, before: null, limit: 10 };
    const listed = await listDeliveries(database, webhook.id, page);
    const [first, second] = ['first', 'second'].map((key) => listed.find(({ subject }) => subject === key));
    expect([first?.state, first?.attempts, first?.status]).toEqual(['dead', 10, 500]);
    expect(second?.state).toBe('waiting');
    far.answer = (response) => response.writeHead(204).end();
    await database.transaction((tx) => replayOne(tx, webhook.id, first?.event ?? 0));
    clock.advance(HOUR_MS);
    await round();
    expect(far.received.slice(10, 12).map(({ body }) => JSON.parse(body).data.subject)).toEqual([
      'first',
      'second',
    ]);
    await refreshProblems(database, clock.now());
    expect((await openProblems(database)).some(({ code }) => code === 'webhook_dead')).toBe(false);
  });

  it('are given up at once when the receiver says it is gone, and never follow a redirect', async () => {
    const { webhook } = await add(['problem.raised']);
    far.answer = (response) => response.writeHead(410).end();
    await problem('p');
    expect(await round()).toMatchObject({ dead: 1 });
    far.answer = (response) => response.writeHead(302, { location: far.url }).end();
    await database.transaction((tx) => replaySince(tx, webhook.id, '2026-01-01T00:00:00.000Z'));
    expect(await round()).toMatchObject({ again: 1 });
    expect(far.received).toHaveLength(2);
  });

  it('are told again under the same id when the answer was lost or the house was stopped in the middle', async () => {
    await add(['problem.raised']);
    far.answer = (response) => response.destroy();
    await problem('p');
    expect(await round()).toMatchObject({ again: 1 });
    clock.advance(HOUR_MS);
    const killed = new AbortController();
    far.answer = () => killed.abort(new Error('the house is closing'));
    await expect(deliverHooks(desk, killed.signal)).rejects.toThrow('the house is closing');
    far.answer = (response) => response.writeHead(200).end('x'.repeat(200_000));
    expect(await round()).toMatchObject({ delivered: 1 });
    expect(new Set(far.received.map(({ id }) => id)).size).toBe(1);
    expect(far.received).toHaveLength(3);
    expect(await round()).toMatchObject({ due: 0 });
  });

  it('are signed with both secrets for a day after a new one was made', async () => {
    const { webhook, secret } = await add(['problem.raised']);
    const by = { now: clock.now(), sealer };
    const next = await database.transaction((tx) => rotateSecret(tx, webhook.id, by));
    await problem('p');
    await round();
    clock.advance(24 * HOUR_MS);
    await problem('q');
    await round();
    const [both, one] = far.received;
    if (both === undefined || one === undefined) throw new Error('two messages were sent');
    expect(both.signatures).toEqual([signatureFor(both, next), signatureFor(both, secret)]);
    expect(one.signatures).toEqual([signatureFor(one, next)]);
  });

  it('can be replayed since an instant, also what happened before they were there, and stand still when told to', async () => {
    await problem('early');
    const { webhook } = await add(['problem.raised']);
    await round();
    expect(told()).toEqual([]);
    const since = '2026-01-01T00:00:00.000Z';
    expect(await database.transaction((tx) => replaySince(tx, webhook.id, since))).toBe(1);
    await round();
    expect(told()).toEqual(['problem.raised']);
    await database.transaction((tx) => changeWebhook(tx, webhook.id, { active: false }));
    await problem('quiet');
    expect(await round()).toMatchObject({ due: 0, nextAt: null });
    expect(await database.transaction((tx) => forgetOldEvents(tx, '2126-01-01T00:00:00.000Z'))).toBe(2);
    await database.transaction((tx) => removeWebhook(tx, webhook.id));
    await expect(pingHook(desk, webhook.id, stop.signal)).rejects.toThrow('There is no webhook');
  });

  it('that are slow keep no other waiting', async () => {
    const slow = await receiver();
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    slow.answer = (response) => void held.then(() => response.writeHead(204).end());
    try {
      await add(['problem.raised'], slow.url);
      await add(['problem.raised']);
      await problem('p');
      const running = round();
      await expect.poll(() => far.received.length).toBe(1);
      release?.();
      expect(await running).toMatchObject({ delivered: 2 });
    } finally {
      await slow.stop();
    }
  });

  it('know every kind the database writes', async () => {
    await take(database, [order('A-1')]);
    await problem('p');
    await clearProblem(database, 'p');
    const kinds = await database.all<{ kind: EventKind }>('SELECT DISTINCT kind FROM house_event');
    expect(kinds.length).toBeGreaterThan(2);
    for (const { kind } of kinds) expect(EVENT_KINDS).toContain(kind);
  });
});

describe('the address of a webhook', () => {
  const rules = { privateHosts: [], signal: new AbortController().signal, deadlineMs: 2_000 };
  const post = (url: string, more: Partial<typeof rules> = {}) =>
    postHook(url, { body: '{}', headers: {} }, { ...rules, ...more });

  it('must be public: by number in every spelling, and by where its name leads', async () => {
    const far = await receiver();
    const { port } = new URL(far.url);
    const hosts = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '[::1]',
      '[::ffff:127.0.0.1]',
      'localhost',
      '0',
      '169.254.169.254',
      '10.0.0.1',
      '[64:ff9b::7f00:1]',
      'foo.localhost',
    ];
    for (const host of hosts)
      expect([host, await post(`http://${host}:${port}/x`)]).toEqual([host, { failure: 'private_host' }]);
    expect(far.received).toEqual([]);
    await far.stop();
  });

  it('that answers nothing in time is a failure in one word', async () => {
    const far = await receiver();
    far.answer = () => undefined;
    expect(await post(far.url, { privateHosts: ['127.0.0.1'] as never, deadlineMs: 50 })).toEqual({
      failure: 'timeout',
    });
    await far.stop();
    expect(await post(far.url, { privateHosts: ['127.0.0.1'] as never })).toEqual({
      failure: 'econnrefused',
    });
  });
});
