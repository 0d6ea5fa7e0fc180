import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';

describe('omnifeed start', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'start-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function freePort(): Promise<number> {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
  const nowhere = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });
  function start(file: string, signal: AbortSignal): Promise<number> {
    return run(['start', '--config', file], { environment: {}, signal, out: nowhere(), err: nowhere() });
  }
  /** Until the server answers, or `ended` says it never will. */
  async function answer(url: string, ended: Promise<unknown>): Promise<Response> {
    let over = false;
    void ended.then(() => {
      over = true;
    });
    for (;;) {
      const reply = await fetch(url, { redirect: 'manual' }).catch(() => null);
      if (reply !== null) return reply;
      if (over) throw new Error('the house has ended');
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('serves the checkout address while it works, and nothing after it has stopped', {
    timeout: 60_000,
  }, async () => {
    const port = await freePort();
    const file = path.join(folder, 'omnifeed.yaml');
    const checkout = '{ cart: shopify, address: https://shop.example }';
    await writeFile(file, `log: { level: silent }\nhttp: { port: ${port} }\ncheckout: ${checkout}\n`);
    const stop = new AbortController();
    const ended = start(file, stop.signal);
    const reply = await answer(`http://127.0.0.1:${port}/meta/checkout?products=A:1`, ended);
    expect(reply.status).toBe(302);
    expect(reply.headers.get('location')).toBe('https://shop.example/?unavailable=A');
    stop.abort(new Error('stopped'));
    expect(await ended).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}/meta/checkout`)).rejects.toThrow();
  });

  it('offers to set the house up: an address for the first administrator, the API and its description', {
    timeout: 60_000,
  }, async () => {
    const port = await freePort();
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(file, `log: { level: silent }\nhttp: { port: ${port} }\n`);
    const stop = new AbortController();
    let said = '';
    const out = new Writable({
      write(chunk, _encoding, done) {
        said += String(chunk);
        done();
      },
    });
    const ended = run(['start', '--config', file], {
      environment: {},
      signal: stop.signal,
      out,
      err: nowhere(),
    });
    const reply = await answer(`http://127.0.0.1:${port}/api/v1/setup`, ended);
    expect(await reply.json()).toEqual({ needed: true });
    while (!said.includes('/setup?token=in_')) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped'));
    expect(await ended).toBe(0);
  });

  it('opens no port when the console is switched off and nothing else asks for one', {
    timeout: 60_000,
  }, async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const file = path.join(folder, 'omnifeed.yaml');
    const stop = new AbortController();
    await writeFile(file, `log: { level: silent }\nhttp: { port: ${port}, console: false }\n`);
    const ended = start(file, stop.signal);
    stop.abort(new Error('stopped'));
    expect(await ended).toBe(0);
    const checkout = '{ cart: shopify, address: https://shop.example }';
    await writeFile(file, `log: { level: silent }\nhttp: { port: ${port} }\ncheckout: ${checkout}\n`);
    expect(await start(file, new AbortController().signal)).toBe(2);
    await new Promise((resolve) => taken.close(resolve));
  });
});
