import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/access/caller.js';
import { permissionsOf } from '../../src/access/permissions.js';
import { apiDoor } from '../../src/api/api-door.js';
import { openApi } from '../../src/api/openapi.js';
import { cursorOf, pageOf, paging, readCursor } from '../../src/api/paging.js';
import { Refusal } from '../../src/api/problem.js';
import { bytes, event, file, nothing, type Route, route, stream } from '../../src/api/route.js';
import { ROUTES } from '../../src/api/routes/index.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { integer, list, object, optional, text, yesNo } from '../../src/api/shape.js';
import type { App } from '../../src/app.js';
import { ChannelError } from '../../src/domain/errors.js';
import { type ServedHouse, serveHouse } from '../support/served-house.js';
import { silentLog } from '../support/silent-log.js';

const viewer: Caller = {
  kind: 'user',
  id: 'u1',
  name: 'A viewer',
  role: 'viewer',
  permissions: permissionsOf('viewer'),
  secondFactor: false,
  session: 's1',
};
const operator: Caller = { ...viewer, role: 'operator', permissions: permissionsOf('operator') };

const echo = route({
  method: 'POST',
  path: '/echo/:sku',
  permission: 'catalog:read',
  summary: 'Says what it was told.',
  params: object({ sku: text(100) }),
  query: object({ ...paging, loud: optional(yesNo()), tags: optional(list(text(10), 3)) }),
  body: object({ name: text(20), count: integer({ min: 0 }) }),
  answer: object({
    sku: text(),
    limit: integer(),
    loud: yesNo(),
    tags: list(text()),
    name: text(),
    count: integer(),
  }),
  handle: ({ params, query, body }) => ({
    sku: params.sku,
    limit: query.limit ?? 0,
    loud: query.loud ?? false,
    tags: query.tags ?? [],
    ...body,
  }),
});

describe('the API', () => {
  let house: ServedHouse;
  let server: HttpServer | undefined;
  beforeAll(async () => {
    house = await serveHouse();
  });
  afterEach(() => server?.close());
  afterAll(() => house.close());

  async function serve(routes: readonly Route[], caller: Caller | null = viewer): Promise<string> {
    server = await serveHttp([apiDoor({ app: house.app, routes, identify: async () => caller })], {
      host: '127.0.0.1',
      port: 0,
      log: silentLog,
    });
    return `${server.url}/api/v1`;
  }
  const post = (url: string, body: unknown): Promise<Response> =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('reads path and query by their shapes and takes the body strictly', async () => {
    const url = await serve([echo]);
    const answer = await post(`${url}/echo/A%2FB%20%23?limit=7&loud=true&tags=x&tags=y`, {
      name: 'n',
      count: 2,
    });
    expect(await answer.json()).toEqual({
      sku: 'A/B #',
      limit: 7,
      loud: true,
      tags: ['x', 'y'],
      name: 'n',
      count: 2,
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('names every member that is wrong, with a pointer, and says what to do', async () => {
    const url = await serve([echo]);
    const answer = await post(`${url}/echo/a?limit=1000&color=red`, { name: 'n', count: 2 });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const problem = (await answer.json()) as {
      pointers: { pointer: string }[];
      advice: string;
      requestId: string;
    };
    expect(problem.pointers.map(({ pointer }) => pointer).sort()).toEqual(['?color', '?limit']);
    expect(problem.advice).not.toBe('');
    const body = (await (
      await post(`${url}/echo/a`, { count: '2', role: 'admin' })
    ).json()) as typeof problem;
    expect(body.pointers.map(({ pointer }) => pointer).sort()).toEqual(['/count', '/name', '/role']);
  });

  it('refuses whoever is unknown with 401 and whoever may not with 403, before it reads the body', async () => {
    let asked = 0;
    const write = route({
      method: 'POST',
      path: '/stock',
      permission: 'stock:write',
      summary: 'Changes stock.',
      body: object({ units: integer() }),
      answer: nothing,
      handle() {
        asked += 1;
        return undefined;
      },
    });
    const statusFor = async (caller: Caller | null, body: unknown): Promise<number> => {
      const { status } = await post(`${await serve([write], caller)}/stock`, body);
      await server?.close();
      return status;
    };
    expect(await statusFor(null, { units: 'nonsense' })).toBe(401);
    expect(await statusFor(viewer, { units: 'nonsense' })).toBe(403);
    expect(await statusFor(operator, { units: 'nonsense' })).toBe(400);
    expect(asked).toBe(0);
    expect(await statusFor(operator, { units: 1 })).toBe(204);
    expect(asked).toBe(1);
  });

  it('shows buyers only to people with a second factor', async () => {
    const reveal = route({
      method: 'GET',
      path: '/buyers',
      permission: 'buyers:read',
      summary: 'Shows a buyer.',
      answer: object({ name: text() }),
      handle: () => ({ name: 'B' }),
    });
    const answer = await fetch(`${await serve([reveal], operator)}/buyers`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      403,
      'second_factor_needed',
    ]);
    await server?.close();
    expect((await fetch(`${await serve([reveal], { ...operator, secondFactor: true })}/buyers`)).status).toBe(
      200,
    );
  });

  it('tells refusals and channels’ failures as they are, and faults of its own without detail', async () => {
    const failing = (path: string, error: Error): Route =>
      route({
        method: 'GET',
        path,
        permission: 'open',
        summary: 'Fails.',
        answer: nothing,
        handle: () => Promise.reject(error),
      });
    const busy = { code: 'busy', kind: 'throttled', owner: 'channel', advice: 'Nothing to do.' } as const;
    const url = await serve([
      failing('/refused', new Refusal(409, 'moved', 'It moved.', 'Look again.')),
      failing('/busy', new ChannelError('The channel is busy', busy)),
      failing('/broken', new Error('secret detail')),
    ]);
    const shown = async (path: string): Promise<string> => {
      const answer = await fetch(url + path);
      return `${answer.status} ${JSON.stringify(await answer.json())}`;
    };
    expect(await shown('/refused')).toMatch(/^409 .*"moved".*Look again/);
    expect(await shown('/busy')).toMatch(/^503 .*"busy".*"channel"/);
    expect(await shown('/broken')).toMatch(/^500 .*"failed"/);
    expect(await shown('/broken')).not.toContain('secret detail');
    expect(await shown('/nowhere')).toMatch(/^404 .*"not_found"/);
  });

  it('sends nothing that is not declared: such an answer is a fault', async () => {
    const leaking = route({
      method: 'GET',
      path: '/leak',
      permission: 'open',
      summary: 'Leaks.',
      answer: object({ name: text() }),
      handle: () => ({ name: 'n', passwordHash: 'x' }) as { name: string },
    });
    const answer = await fetch(`${await serve([leaking])}/leak`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('passwordHash');
  });

  it('streams events, tells a failure in the middle, and stops the work when nobody listens', async () => {
    let stopped: (() => void) | undefined;
    const over = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const counting = route({
      method: 'GET',
      path: '/count',
      permission: 'open',
      summary: 'Counts.',
      query: object({ forever: optional(yesNo()) }),
      answer: stream({ number: object({ value: integer() }) }),
      async *handle({ query, signal }) {
        yield event('number', { value: 1 });
        if (query.forever !== true) throw new Refusal(409, 'moved', 'It moved.', 'Look again.');
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        stopped?.();
      },
    });
    const url = await serve([counting]);
    const told = await (await fetch(`${url}/count`)).text();
    expect(told).toMatch(/^event: number\ndata: {"value":1}\n\nevent: problem\ndata: {.*"moved"/);
    const leaving = new AbortController();
    const open = await fetch(`${url}/count?forever=true`, { signal: leaving.signal });
    await open.body?.getReader().read();
    leaving.abort();
    await over;
  });

  it('takes uploads as they come, up to their size, and gives files a name', async () => {
    const upload = route({
      method: 'POST',
      path: '/uploads',
      permission: 'sources:write',
      summary: 'Takes a file.',
      body: bytes(1000, 'text/csv'),
      answer: object({ bytes: integer() }),
      async handle({ body }) {
        let size = 0;
        for await (const chunk of body as AsyncIterable<Buffer>) size += chunk.length;
        return { bytes: size };
      },
    });
    const download = route({
      method: 'GET',
      path: '/download',
      permission: 'open',
      summary: 'Gives a file.',
      answer: file('text/csv'),
      handle: () => ({
        type: 'text/csv',
        body: Readable.from(['a,b\n']),
        saveAs: 'sales é.csv',
        cache: null,
      }),
    });
    const url = await serve([upload, download], operator);
    const send = (type: string, body: string): Promise<Response> =>
      fetch(`${url}/uploads`, { method: 'POST', headers: { 'content-type': type }, body });
    expect(await (await send('text/csv', 'x'.repeat(1000))).json()).toEqual({ bytes: 1000 });
    expect((await send('text/csv', 'x'.repeat(1001))).status).toBe(413);
    expect((await send('text/html', 'x')).status).toBe(415);
    const given = await fetch(`${url}/download`);
    expect(given.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''sales%20%C3%A9.csv");
    expect(await given.text()).toBe('a,b\n');
  });
});

describe('routes that are not declared as they must be', () => {
  const good = {
    method: 'GET',
    path: '/a',
    permission: 'open',
    summary: 'Is there.',
    answer: nothing,
    handle: () => undefined,
  } as const;
  const opening =
    (...routes: readonly object[]) =>
    () =>
      apiDoor({ app: {} as App, routes: routes as readonly Route[], identify: async () => null });

  it('keep the app from starting', () => {
    expect(opening(good)).not.toThrow();
    expect(opening({ ...good, permission: undefined })).toThrow('who may call it');
    expect(opening({ ...good, permission: 'stock:wrong' })).toThrow('who may call it');
    expect(opening(good, good)).toThrow('declared twice');
    expect(opening({ ...good, path: '/a/:id' })).toThrow('params');
    expect(opening({ ...good, query: object({ q: text() }) })).toThrow('without a bound');
    expect(opening({ ...good, query: object({ q: list(text(5)) }) })).toThrow('without a bound');
    expect(opening({ ...good, method: 'POST', body: object({ a: object({ b: text() }) }) })).toThrow(
      'body.a.b',
    );
  });
});

describe('cursors', () => {
  it('come back as the values they were made of, and nothing else is taken for one', () => {
    const cursor = cursorOf(['A/1', 7]);
    expect(readCursor(cursor, ['text', 'number'])).toEqual(['A/1', 7]);
    for (const wrong of ['', 'x', cursorOf(['A']), cursorOf([1, 2]), cursorOf([{ a: 1 }, 7]), `${cursor}!`])
      expect(() => readCursor(wrong, ['text', 'number'])).toThrow(Refusal);
  });

  it('are part of every page', () => {
    expect(pageOf(text()).schema).toMatchObject({ required: ['items', 'next', 'previous', 'total'] });
  });
});

describe('the description of the API', () => {
  it('names every route once, with who may call it', () => {
    const described = openApi(ROUTES, '1.0.0') as unknown as {
      paths: Record<string, Record<string, { operationId: string; description: string }>>;
    };
    const operations = Object.values(described.paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBe(ROUTES.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(ROUTES.length);
    expect(operations.every(({ description }) => description !== '')).toBe(true);
  });
});
