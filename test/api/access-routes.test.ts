import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/access/audit-log.js';
import { newEntryToken } from '../../src/access/entry-tokens.js';
import { needsSecondFactor, permissionsOf, ROLES, type Role } from '../../src/access/permissions.js';
import type { Route, RouteAccess } from '../../src/api/route.js';
import { ROUTES } from '../../src/api/routes/index.js';
import { type Answer, ask, PASSWORD, type ServedHouse, serveHouse } from '../support/served-house.js';

const OWN = { 'x-omnifeed-console': '1' };

describe('signing in', () => {
  let house: ServedHouse;
  beforeEach(async () => {
    house = await serveHouse();
  });
  afterEach(() => house.close());

  const post = (at: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(house.url, { method: 'POST', at, body, headers: { ...OWN, ...headers } });
  const cookieOf = (answer: Answer): Record<string, string> => ({
    ...OWN,
    cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '',
  });
  it('begins with a token from the terminal, which a weak password does not use up', async () => {
    expect((await ask(house.url, { method: 'GET', at: '/setup' })).body).toEqual({ needed: true });
    const { token } = await newEntryToken(house.app.database, null, house.clock.now());
    const wish = { token, name: 'Ann', email: 'Ann@Shop.example' };
    expect((await post('/setup', { ...wish, password: 'password12345' })).body.code).toBe('password_weak');
    const answer = await post('/setup', { ...wish, password: PASSWORD });
    expect(answer.headers.get('set-cookie')).toMatch(
      /^omnifeed=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const me = await ask(house.url, { method: 'GET', at: '/me', headers: cookieOf(answer) });
    expect(me.body).toMatchObject({ kind: 'user', name: 'Ann', role: 'admin', secondFactor: false });
    expect((await post('/setup', { ...wish, password: PASSWORD })).status).toBe(410);
    expect((await ask(house.url, { method: 'GET', at: '/setup' })).body).toEqual({ needed: false });
  });

  it('takes writes of a session from our own pages only', async () => {
    const { headers } = await house.visitor('admin');
    const sessions = (more: Record<string, string>, without?: string): Promise<Answer> => {
      const sent: Record<string, string> = { ...headers, ...more };
      if (without !== undefined) delete sent[without];
      return ask(house.url, { method: 'DELETE', at: '/sessions', headers: sent });
    };
    expect((await sessions({}, 'x-omnifeed-console')).body.code).toBe('foreign_page');
    expect((await sessions({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await sessions({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await sessions({ origin: 'null' })).status).toBe(403);
    expect((await sessions({ origin: house.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('tries five passwords of an account from one address and then none for a quarter of an hour', async () => {
    const { email } = await house.visitor('viewer');
    const guess = (password: string): Promise<Answer> => post('/sessions', { email, password });
    for (let attempt = 1; attempt <= 5; attempt++)
      expect((await guess('wrong wrong wrong')).body.code).toBe('sign_in_refused');
    expect((await guess(PASSWORD)).body.code).toBe('sign_in_throttled');
    house.clock.move(15 * 60_000);
    expect((await guess(PASSWORD)).status).toBe(200);
    const stranger = await post('/sessions', { email: 'nobody@shop.example', password: PASSWORD });
    expect(stranger.body.title).toBe((await guess('wrong wrong wrong')).body.title);
  });

  it('asks for the second factor, takes each code once, and shows buyers only then', async () => {
    const { headers: first, email } = await house.visitor('admin');
    const offer = (await ask(house.url, { method: 'POST', at: '/account/second-factor', headers: first }))
      .body;
    const totp = new TOTP({ secret: Secret.fromBase32(offer.secret) });
    const code = (): string => totp.generate({ timestamp: Date.parse(house.clock.now()) });
    const confirmed = await post('/account/second-factor/confirm', { code: code() }, first);
    expect(confirmed.body.recoveryCodes).toHaveLength(10);
    expect((await ask(house.url, { method: 'GET', at: '/me', headers: first })).status).toBe(401); // more rights, another session
    expect(
      (await ask(house.url, { method: 'GET', at: '/me', headers: cookieOf(confirmed) })).body.secondFactor,
    ).toBe(true);
    const signIn = (more: object): Promise<Answer> =>
      post('/sessions', { email, password: PASSWORD, ...more });
    expect((await signIn({})).body.code).toBe('second_factor_asked');
    expect((await signIn({ code: code() })).body.code).toBe('sign_in_refused'); // was shown before
    house.clock.move(30_000);
    expect((await signIn({ code: code() })).status).toBe(200);
    const recovery: string = confirmed.body.recoveryCodes[0];
    expect((await signIn({ code: recovery })).status).toBe(200);
    expect((await signIn({ code: recovery })).body.code).toBe('sign_in_refused');
    const kept = JSON.stringify(await house.app.database.all('SELECT * FROM app_user'));
    expect(kept).not.toContain(offer.secret);
  });

  it('does not let the right password buy guesses at the code', async () => {
    const { headers: first, email } = await house.visitor('admin');
    const offer = (await ask(house.url, { method: 'POST', at: '/account/second-factor', headers: first }))
      .body;
    const code = new TOTP({ secret: Secret.fromBase32(offer.secret) }).generate({
      timestamp: Date.parse(house.clock.now()),
    });
    await post('/account/second-factor/confirm', { code }, first);
    const signIn = (more: object): Promise<Answer> =>
      post('/sessions', { email, password: PASSWORD, ...more });
    for (let attempt = 1; attempt <= 5; attempt++) {
      house.clock.move(1_000);
      await signIn({});
      await signIn({ code: '000000' });
    }
    expect((await signIn({ code: '000000' })).body.code).toBe('sign_in_throttled');
  });

  it('lets an administrator invite, change and lock out others, and tells the audit log', async () => {
    const admin = await house.visitor('admin');
    const invited = await admin.call('POST', '/users', {
      email: 'bob@shop.example',
      name: 'Bob',
      role: 'editor',
    });
    expect(invited.status).toBe(201);
    const token = new URL(invited.body.address).searchParams.get('token');
    expect((await post('/setup/look', { token })).body).toEqual({
      kind: 'invited',
      email: 'bob@shop.example',
      name: 'Bob',
    });
    const bob = await post('/setup', { token, password: PASSWORD });
    expect(bob.status).toBe(200);
    expect((await admin.call('PATCH', `/users/${invited.body.user.id}`, { role: 'root' })).status).toBe(400);
    expect(
      (await admin.call('PATCH', `/users/${invited.body.user.id}`, { disabled: true })).body.disabledAt,
    ).not.toBeNull();
    expect((await ask(house.url, { method: 'GET', at: '/me', headers: cookieOf(bob) })).status).toBe(401);
    expect((await admin.call('PATCH', `/users/${admin.id}`, { role: 'viewer' })).body.code).toBe(
      'last_admin',
    );
    const told = await house.app.database.all<{ action: string; actor_name: string; outcome: string }>(
      'SELECT action, actor_name, outcome FROM audit_entry ORDER BY number',
    );
    expect(told.map(({ action, actor_name, outcome }) => `${actor_name}: ${action} ${outcome}`)).toEqual([
      'A admin: POST /users done',
      'Bob: POST /setup done',
      'A admin: PATCH /users/:id done',
      'A admin: PATCH /users/:id last_admin',
    ]);
    expect(JSON.stringify(told)).not.toContain(PASSWORD);
    expect((await verifyAudit(house.app.database)).brokenAt).toBeNull();
  });

  it('answers a repeated call as the first time, and never does it twice', async () => {
    const admin = await house.visitor('admin');
    const key = { 'idempotency-key': 'a-key-of-mine' };
    const rename = (name: string): Promise<Answer> =>
      admin.call('PATCH', `/users/${admin.id}`, { name }, key);
    const first = await rename('Once');
    const again = await rename('Once');
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect((await rename('Twice')).body.code).toBe('key_of_another_call');
    const entries = await house.app.database.all(
      "SELECT 1 AS one FROM audit_entry WHERE action = 'PATCH /users/:id'",
    );
    expect(entries).toHaveLength(1);
  });

  it('takes API keys with the scopes they were given, and refuses a wrong one even on open addresses', async () => {
    const admin = await house.visitor('admin');
    const made = await admin.call('POST', '/keys', { name: 'shop', scopes: ['settings:read'], endsAt: null });
    const bearer = { authorization: `Bearer ${made.body.secret}` };
    expect((await ask(house.url, { method: 'GET', at: '/users', headers: bearer })).status).toBe(200);
    expect((await ask(house.url, { method: 'POST', at: '/users', body: {}, headers: bearer })).status).toBe(
      403,
    );
    expect(
      (await ask(house.url, { method: 'GET', at: '/setup', headers: { authorization: 'Bearer omni_wrong' } }))
        .status,
    ).toBe(401);
    await admin.call('DELETE', `/keys/${made.body.key.id}`);
    expect((await ask(house.url, { method: 'GET', at: '/users', headers: bearer })).status).toBe(401);
  });
});

describe('an API key', () => {
  let house: ServedHouse;
  beforeEach(async () => {
    house = await serveHouse();
  });
  afterEach(() => house.close());

  it('is used only from where it may be, and no more often than it may be', async () => {
    const admin = await house.visitor('admin');
    const made = async (more: object): Promise<() => Promise<Answer>> => {
      const wish = { name: 'shop', scopes: ['settings:read'], endsAt: null, ...more };
      const answer = await admin.call('POST', '/keys', wish);
      expect([answer.status, answer.body.code]).toEqual([201, undefined]);
      const headers = { authorization: `Bearer ${answer.body.secret}` };
      return () => ask(house.url, { method: 'GET', at: '/users', headers });
    };
    const elsewhere = await made({ networks: ['203.0.113.0/24', '2001:db8::/48'] });
    expect((await elsewhere()).body.code).toBe('key_elsewhere');
    const here = await made({ networks: ['127.0.0.0/8'], perMinute: 3 });
    const statuses: number[] = [];
    for (let call = 0; call < 7; call++) statuses.push((await here()).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1); // a minute may turn in between
    expect(statuses[0]).toBe(200);
    const wrong = await admin.call('POST', '/keys', {
      name: 'x',
      scopes: ['settings:read'],
      endsAt: null,
      networks: ['10.0.0.0/33'],
    });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'network_unreadable']);
  });
});

describe('every route', () => {
  let house: ServedHouse;
  beforeEach(async () => {
    house = await serveHouse();
  });
  afterEach(() => house.close());

  it('lets in the roles that have its permission, and nobody else', { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    const visit = async (role: Role | null, route: Route): Promise<void> => {
      const { method, path, body } = route;
      const headers = role === null ? OWN : (await house.visitor(role)).headers;
      const at = path.replaceAll(/:[A-Za-z]+/g, 'nothing-of-this-name');
      // A member nobody declares: what may be called is refused for its shape, so that nothing is done.
      const call = { method, at: `${at}?nobody-declared=1`, headers };
      const { status } = await ask(
        house.url,
        body === undefined || 'kind' in body ? call : { ...call, body: {} },
      );
      const wanted = mayCall(role, route.permission) ? [400, 415] : role === null ? [401] : [403];
      if (!wanted.includes(status)) wrong.push(`${role ?? 'nobody'} ${method} ${path}: ${status}`);
    };
    for (const role of [null, ...ROLES]) for (const route of ROUTES) await visit(role, route);
    expect(wrong).toEqual([]);
  });

  it('is described at /api/docs, which runs no script, and browsers are told to be careful with every answer', async () => {
    const docs = await fetch(`${house.url}/api/docs`);
    expect(docs.headers.get('content-security-policy')).toContain("default-src 'none'");
    const page = await docs.text();
    expect(page).not.toContain('<script');
    for (const { method, path } of ROUTES)
      expect(page).toContain(`${method} /api/v1${path.replaceAll(/:([A-Za-z]+)/g, '{$1}')}<`);
    const described = (await (await fetch(`${house.url}/api/docs/openapi.json`)).json()) as {
      openapi: string;
    };
    expect(described.openapi).toBe('3.1.0');
    const { headers } = await fetch(`${house.url}/api/v1/setup`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
  });
});

/** Nobody here has shown a second factor. */
function mayCall(role: Role | null, permission: RouteAccess): boolean {
  if (permission === 'open') return true;
  if (role === null || permission === 'signed-in') return role !== null;
  return permissionsOf(role).has(permission) && !needsSecondFactor(permission);
}
