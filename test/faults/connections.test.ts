import { spawn } from 'node:child_process';
import dns from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpClient } from '../../src/channel/http.js';
import { ChannelError } from '../../src/domain/errors.js';
import { listening, rawServer, untilClose } from './raw-server.js';

const CONNECT_MS = 300;
const client = httpClient(new AbortController().signal, CONNECT_MS);
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const undo of cleanUp.splice(0)) await undo();
});

/** How a call failed and how long it took. */
async function failed(
  url: string,
  deadlineMs = 10_000,
): Promise<{ kind: string; message: string; tookMs: number }> {
  const began = performance.now();
  try {
    await client.send({ method: 'POST', url, body: '{}', deadlineMs });
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { kind: error.kind, message: error.message, tookMs: performance.now() - began };
  }
  throw new Error('the call went through');
}

describe('a call that never reached the channel', () => {
  it('is known not to be sent when nobody listens', async () => {
    const server = net.createServer();
    const port = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    const failure = await failed(`http://127.0.0.1:${port}/`);
    expect(failure).toMatchObject({ kind: 'not-sent', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('is known not to be sent, soon, when nobody answers the connection', async () => {
    const failure = await failed(await deafAddress());
    expect(failure).toMatchObject({ kind: 'not-sent', message: expect.stringContaining('CONNECT_TIMEOUT') });
    expect(failure.tookMs).toBeLessThan(CONNECT_MS + 1_000);
  });

  it('is known not to be sent when the name is unknown', async () => {
    vi.spyOn(dns, 'lookup').mockImplementation(((
      host: string,
      _options: unknown,
      done: (error: Error) => void,
    ) => {
      const unknown = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), {
        code: 'ENOTFOUND',
        syscall: 'getaddrinfo',
      });
      process.nextTick(done, unknown);
    }) as typeof dns.lookup);
    const failure = await failed('http://localhost:9/');
    expect(failure).toMatchObject({ kind: 'not-sent', message: expect.stringContaining('ENOTFOUND') });
  });

  it('is known not to be sent when nobody vouches for the certificate', async () => {
    const server = tls.createServer({ key: KEY, cert: CERTIFICATE }, (socket) => socket.end());
    server.on('tlsClientError', () => undefined);
    const port = await listening(server);
    cleanUp.push(() => new Promise((resolve) => server.close(resolve)));
    const failure = await failed(`https://localhost:${port}/`);
    expect(failure).toMatchObject({ kind: 'not-sent', message: expect.stringContaining('CERT') });
  });

  it('may have been applied when the connection breaks after it was there', async () => {
    const server = await rawServer((socket) => socket.resetAndDestroy());
    cleanUp.push(() => server.close());
    expect(await failed(server.url)).toMatchObject({ kind: 'ambiguous' });
  });
});

describe('a channel that answers a byte now and then', () => {
  it('is left at the deadline of the whole call', async () => {
    const server = await rawServer((socket) => {
      socket.write(untilClose('{"orders":['));
      const drip = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(drip));
    });
    cleanUp.push(() => server.close());
    const failure = await failed(server.url, 500);
    expect(failure).toMatchObject({ kind: 'ambiguous' });
    expect(failure.tookMs).toBeGreaterThan(400);
    expect(failure.tookMs).toBeLessThan(1_500);
  });
});

/** The address of a process that listens and never accepts, its queue full: the system drops every further attempt to connect. */
async function deafAddress(): Promise<string> {
  const script = `const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanUp.push(() => child.kill('SIGKILL'));
  const port = Number(await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve)));
  const waiting = Array.from({ length: 6 }, () =>
    net.connect(port, '127.0.0.1').on('error', () => undefined),
  );
  cleanUp.push(() => waiting.map((socket) => socket.destroy()));
  await Promise.all(
    waiting.slice(0, 2).map((socket) => new Promise((resolve) => socket.once('connect', resolve))),
  );
  return `http://127.0.0.1:${port}/`;
}

/** For `localhost`, signed by itself, and over since the day before it was made. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBfDCCASOgAwIBAgIUS3wWVV+Mh3X5OM0f/D/5audFleowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MB4XDTI2MTEyNTE1NTAyNVoXDTI2MTEyNDE1
NTAyNVowFDESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEx+rNbAQNofuWBp01Ce/bUixpDiobqBXX/BlQ1mNF4WmRoVSGmGGhWWxE
pTH2Iz/smSgTAIi8HwkcteXhVFlZuKNTMFEwHQYDVR0OBBYEFIvh1U4QsTcd+ejk
Pv1YS62s5Yb8MB8GA1UdIwQYMBaAFIvh1U4QsTcd+ejkPv1YS62s5Yb8MA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgHTS19llXKjXnQmxOO1n4uT8p
xDjgX6N+9eFSrt81fMwCIDKgct/5et5Dv5VXsvoUQDW1BH4VUJyZ6Q+Dpa5OHW5Q
-----END CERTIFICATE-----`;

const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg5XV58Zr37CyVk918
owcx8TyXEy9toDiyfxcSaxC2xbihRANCAATH6s1sBA2h+5YGnTUJ79tSLGkOKhuo
Fdf8GVDWY0XhaZGhVIaYYaFZbESlMfYjP+yZKBMAiLwfCRy15eFUWVm4
-----END PRIVATE KEY-----`;
