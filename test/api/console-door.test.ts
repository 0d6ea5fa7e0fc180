import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consoleDoor, displayOf, PLAIN_DISPLAY } from '../../src/api/console-door.js';
import { type HttpServer, serveHttp } from '../../src/api/server.js';
import { silentLog } from '../support/silent-log.js';

const PAGE =
  '<!doctype html><html lang="en" dir="ltr" data-theme="system"><meta property="csp-nonce" nonce="%NONCE%"></html>';
let server: HttpServer;
let display = PLAIN_DISPLAY;

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-console-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), PAGE);
  await writeFile(path.join(folder, 'secret.js'), 'not to be had');
  await writeFile(path.join(folder, 'assets', 'index-1.js'), 'export const page = 1;\n'.repeat(40));
  const doors = [consoleDoor({ folder, display: async () => display })];
  server = await serveHttp(doors, { host: '127.0.0.1', port: 0, log: silentLog });
});

afterAll(() => server.close());

const get = (address: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(new URL(address, server.url), { headers });

describe('the console’s door', () => {
  it('answers every address of a page with the page, under a policy whose nonce is new each time', async () => {
    const seen = new Set<string>();
    for (const address of ['/', '/listings/google-us/A%2F1%20%232', '/login?back=/orders']) {
      const answer = await get(address);
      const nonce = /nonce="([^"]+)"/.exec(await answer.text())?.[1] ?? '';
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      expect(answer.headers.get('content-security-policy')).toBe(
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; connect-src 'self'; ` +
          "font-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      );
      expect(answer.headers.get('cache-control')).toBe('no-store');
      seen.add(nonce);
    }
    expect(seen.size).toBe(3);
  });

  it('writes what a person chose into the page before it is painted', async () => {
    display = displayOf({ theme: 'dark', density: 'compact', direction: 'rtl', shortcuts: false });
    const page = await (await get('/')).text();
    display = PLAIN_DISPLAY;
    expect(page).toContain(
      '<html lang="en" dir="rtl" data-theme="dark" data-density="compact" data-shortcuts="off">',
    );
  });

  it('takes nothing but the words it knows from what is stored', () => {
    expect(displayOf({ theme: '"><script>', density: 1, direction: 'up', shortcuts: 'no' })).toEqual(
      PLAIN_DISPLAY,
    );
  });

  it('sends its files packed and for ever', async () => {
    const answer = await get('/assets/index-1.js', { 'accept-encoding': 'gzip' });
    expect(await answer.text()).toContain('export const page = 1;');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    '/assets/none.js',
    '/assets/..%2Fsecret.js',
    '/assets/%2e%2e%2fsecret.js',
    '/api/v1/nowhere',
    '/hooks/x',
  ])('has nothing at %s', async (address) => {
    const answer = await get(address);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).not.toContain('html');
  });

  it('tells to build when it is not built', async () => {
    const doors = [consoleDoor({ folder: '/nowhere/at/all', display: async () => PLAIN_DISPLAY })];
    const bare = await serveHttp(doors, { host: '127.0.0.1', port: 0, log: silentLog });
    const answer = await fetch(bare.url);
    await bare.close();
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('/nowhere');
  });
});
