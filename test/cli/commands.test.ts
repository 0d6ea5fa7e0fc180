import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';

const MAIN = path.join(packageRoot(), 'dist/src/main.js');

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('the command line', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function omnifeed(...args: string[]): Promise<Ended> {
    const { OMNIFEED_KEY: _own, ...environment } = process.env;
    return new Promise((resolve) => {
      execFile(process.execPath, [MAIN, ...args], { cwd: folder, env: environment }, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      });
    });
  }

  it('prints help with examples and exit codes, and the version', async () => {
    const help = await omnifeed('--help');
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('Examples:');
    expect(help.out).toContain('Exit codes:');
    expect(await omnifeed('--version')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  it('writes a configuration the doctor is content with, and never writes over one', async () => {
    expect((await omnifeed('init')).code).toBe(0);
    expect((await stat(path.join(folder, 'omnifeed.key'))).mode & 0o777).toBe(0o600);
    const doctor = await omnifeed('doctor', '--json');
    expect(doctor).toMatchObject({ code: 0, err: '' });
    const { ok, findings } = JSON.parse(doctor.out) as {
      ok: boolean;
      findings: { message: string; state: string }[];
    };
    expect(ok).toBe(true);
    const told = findings.map((finding) => `${finding.state} ${finding.message}`);
    expect(told).toEqual(
      expect.arrayContaining(['ok journal_mode = wal', 'ok synchronous = 2', 'ok foreign_keys = 1']),
    );
    const again = await omnifeed('init');
    expect(again.code).toBe(2);
    expect(again.err).toMatch(/^error config_exists: .*\n.*--config/);
  });

  it("tells an operator's mistake without a stack, in text and as JSON", async () => {
    await writeFile(path.join(folder, 'omnifeed.yaml'), 'queu: embedded\nhttp: { port: x }\n');
    const text = await omnifeed('doctor');
    expect(text).toMatchObject({ code: 2, out: '' });
    expect(text.err).toContain('omnifeed.yaml:1:1 queu: is not a setting we know');
    expect(text.err).not.toMatch(/\n\s+at /);
    const json = await omnifeed('--json', 'doctor');
    expect(json).toMatchObject({ code: 2, err: '' });
    const { error } = JSON.parse(json.out) as { error: { code: string; mistakes: unknown[] } };
    expect(error.code).toBe('config_invalid');
    expect(error.mistakes).toHaveLength(2);
  });

  it('suggests the command that was probably meant', async () => {
    expect(await omnifeed('docter')).toMatchObject({ code: 2, err: expect.stringContaining('doctor') });
    const json = await omnifeed('docter', '--json');
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'unknown_command' } });
  });

  it('says which channel does not answer, and goes out with 1', async () => {
    await omnifeed('init');
    const channel =
      '{ connector: memory, country: US, language: en, currency: USD, zone: UTC, settings: { endpoint: "http://127.0.0.1:9", token: t } }';
    await writeFile(path.join(folder, 'other.yaml'), `channels: { far: ${channel} }\n`);
    const doctor = await omnifeed('doctor', '-c', 'other.yaml');
    expect(doctor.code).toBe(1);
    expect(doctor.out).toMatch(/ERROR {4}far: unreachable/);
  });

  it('works profits out only where somebody said what prices contain, and asks only channels that tell fees', async () => {
    const channel =
      'connector: feed-file, country: US, language: en, currency: USD, zone: UTC, settings: { path: f.xml, format: google-rss }';
    const config = `channels: { bare: { ${channel} }, told: { ${channel}, profit: { prices: net } } }\n`;
    await writeFile(path.join(folder, 'omnifeed.yaml'), config);
    const bare = await omnifeed('profit', 'bare');
    const told = await omnifeed('profit', 'told', '--below', '10%');
    const asked = await omnifeed('profit', 'told', '--refresh');
    expect(bare).toMatchObject({ code: 2, err: expect.stringMatching(/^error no_profit_settings/) });
    expect(told).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 listings = 0 with a profit + 0 unknown'),
    });
    expect(asked).toMatchObject({ code: 2, err: expect.stringMatching(/^error no_estimates/) });
  });

  it('runs a simulator until it is told to stop', async () => {
    const child = spawn(process.execPath, [MAIN, 'simulate', 'memory', '--json'], { cwd: folder });
    const told = JSON.parse(await firstLine(child)) as { url: string; settings: { token: string } };
    const reply = await fetch(`${told.url}/me`, {
      headers: { authorization: `Bearer ${told.settings.token}` },
    });
    expect(reply.status).toBe(200);
    await reply.text();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    expect(await omnifeed('simulate', 'memry')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Use one of'),
    });
    expect(await omnifeed('simulate', 'memory', '-p', '70000')).toMatchObject({ code: 2 });
  });
});

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const part of child.stdout ?? []) {
    text += String(part);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}
