import { afterEach, beforeEach, expect, it } from 'vitest';
import { allKeys, callerOfKey, makeKey, revokeKey } from '../../src/access/api-keys.js';
import { COMMAND_LINE, verifyAudit, writeDown } from '../../src/access/audit-log.js';
import { newEntryToken, takeEntryToken } from '../../src/access/entry-tokens.js';
import { hashPassword, passwordFits, refuseWeak } from '../../src/access/passwords.js';
import { takeCall } from '../../src/access/repeated-calls.js';
import { beginSession, callerOfSession, endSessions } from '../../src/access/sessions.js';
import { addUser, changeUser, keepPassword } from '../../src/access/users.js';
import { plusMs } from '../../src/domain/instant.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const NOW = '2026-11-25T12:00:00.000Z';
const MINUTE = 60_000;

onEachDatabase('access', (open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
  });
  afterEach(() => test.dispose());

  const deed = (object: string) => ({
    action: 'test',
    object,
    outcome: 'done',
    before: null,
    after: { a: 1 },
    at: NOW,
  });

  it('chains audit entries however many are written at once, and finds the one that was changed or cut out', async () => {
    const { database } = test;
    await Promise.all(
      Array.from({ length: 12 }, (_, at) => writeDown(database, COMMAND_LINE, deed(`o${at}`))),
    );
    const whole = await verifyAudit(database);
    expect(whole).toMatchObject({ entries: 12, brokenAt: null });
    await database.run("UPDATE audit_entry SET after_value = '{}' WHERE number = 7");
    expect((await verifyAudit(database)).brokenAt).toBe(7);
    await database.run('UPDATE audit_entry SET after_value = ? WHERE number = 7', ['{"a":1}']);
    expect(await verifyAudit(database)).toEqual(whole);
    await database.run('DELETE FROM audit_entry WHERE number = 3');
    expect((await verifyAudit(database)).brokenAt).toBe(3);
  });

  it('takes a set-up token once and within its time, and only the newest', async () => {
    const { database } = test;
    const { token } = await newEntryToken(database, null, NOW);
    const newer = (await newEntryToken(database, null, NOW)).token;
    await expect(takeEntryToken(database, token, NOW)).rejects.toMatchObject({ code: 'entry_token_gone' });
    await expect(takeEntryToken(database, newer, plusMs(NOW, 30 * MINUTE))).rejects.toMatchObject({
      code: 'entry_token_gone',
    });
    const tries = await Promise.allSettled([
      takeEntryToken(database, newer, NOW),
      takeEntryToken(database, newer, NOW),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(JSON.stringify(await database.all('SELECT * FROM entry_token'))).not.toContain(newer);
  });

  it('ends sessions that nobody uses, that are old, and that belong to somebody let in no longer', async () => {
    const { database } = test;
    const admin = await addUser(database, { email: 'a@shop.example', name: 'A', role: 'admin' }, NOW);
    await keepPassword(database, admin.id, 'x');
    const user = await addUser(database, { email: 'B@shop.example', name: 'B', role: 'viewer' }, NOW);
    const begin = () => beginSession(database, user, { address: '', browser: '', now: NOW });
    const idle = await begin();
    expect(await callerOfSession(database, idle, plusMs(NOW, 29 * MINUTE))).toMatchObject({
      id: user.id,
      role: 'viewer',
    });
    expect(await callerOfSession(database, idle, plusMs(NOW, 60 * MINUTE))).toBeNull();
    const used = await begin();
    let at = NOW;
    for (let step = 0; step < 28; step++) {
      at = plusMs(at, 25 * MINUTE);
      await callerOfSession(database, used, at);
    }
    expect(await callerOfSession(database, used, plusMs(NOW, 11.9 * 60 * MINUTE))).not.toBeNull();
    expect(await callerOfSession(database, used, plusMs(NOW, 12 * 60 * MINUTE))).toBeNull();
    const other = await begin();
    expect(await endSessions(database, user.id, null)).toBeGreaterThan(0);
    expect(await callerOfSession(database, other, NOW)).toBeNull();
    const last = await begin();
    await changeUser(database, user.id, { to: { disabled: true }, now: NOW });
    expect(await callerOfSession(database, last, NOW)).toBeNull();
    await expect(
      addUser(database, { email: 'b@SHOP.example', name: 'C', role: 'viewer' }, NOW),
    ).rejects.toMatchObject({ code: 'email_taken' });
    await expect(changeUser(database, admin.id, { to: { role: 'viewer' }, now: NOW })).rejects.toMatchObject({
      code: 'last_admin',
    });
  });

  it('knows a key by its hash only, until its end or until it is revoked', async () => {
    const { database } = test;
    const wish = { name: 'shop', scopes: ['stock:write'] as const, endsAt: plusMs(NOW, MINUTE), by: 'x' };
    const { key, secret } = await makeKey(database, wish, NOW);
    expect([...((await callerOfKey(database, secret, NOW))?.caller.permissions ?? [])]).toEqual([
      'stock:write',
    ]);
    expect((await allKeys(database))[0]).toMatchObject({ usedAt: NOW, revokedAt: null });
    expect(await callerOfKey(database, secret, plusMs(NOW, MINUTE))).toBeNull();
    expect(await callerOfKey(database, `${secret}x`, NOW)).toBeNull();
    await revokeKey(database, key.id, NOW);
    expect(await callerOfKey(database, secret, NOW)).toBeNull();
    expect(JSON.stringify(await database.all('SELECT * FROM api_key'))).not.toContain(secret.slice(12));
  });

  it('gives a call to one of those who bring it at the same time', async () => {
    const call = { caller: 'user 1', key: 'k', hash: 'h' };
    const all = await Promise.all([1, 2, 3].map(() => takeCall(test.database, call, NOW)));
    expect(all.map(({ state }) => state).sort()).toEqual(['new', 'under-way', 'under-way']);
    expect((await takeCall(test.database, { ...call, hash: 'other' }, NOW)).state).toBe('other');
    expect((await takeCall(test.database, call, plusMs(NOW, 25 * 60 * MINUTE))).state).toBe('new');
  });
});

it('keeps passwords as hashes that fit them alone, and refuses weak ones', async () => {
  const hash = await hashPassword('correct horse battery');
  expect(hash).toMatch(/^scrypt\$32768\$8\$3\$/);
  expect(await passwordFits('correct horse battery', hash)).toBe(true);
  expect(await passwordFits('correct horse batterx', hash)).toBe(false);
  expect(await passwordFits('anything', null)).toBe(false);
  const person = { name: 'Ann of the Shop', email: 'ann@shop.example' };
  for (const weak of [
    'short',
    'password12345',
    'aaaaaaaaaaaaaaaa',
    'ann@shop.example',
    'ann of the shop',
    '1234567890123',
  ])
    expect(() => refuseWeak(weak, person)).toThrow('password');
  expect(() => refuseWeak('correct horse battery', person)).not.toThrow();
});
