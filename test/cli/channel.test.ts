import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { googleSimulator } from '../../connectors/google-merchant/simulator/index.js';
import type { RunningSimulator } from '../../src/channel/simulator.js';
import { run } from '../../src/cli/run.js';

describe('omnifeed channel', () => {
  let folder: string;
  let simulator: RunningSimulator;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    simulator = await googleSimulator.start({ port: 0, processingMs: 0 });
    const channel = { connector: 'google-merchant', ...simulator.market, settings: simulator.settings };
    const files = {
      connector: 'feed-file',
      ...simulator.market,
      settings: { path: 'out.xml', format: 'google-rss' },
    };
    await writeFile(
      path.join(folder, 'omnifeed.yaml'),
      stringify({ log: { level: 'silent' }, channels: { 'google-us': channel, files } }),
    );
  });
  afterEach(async () => {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function omnifeed(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    const sink = (name: 'out' | 'err'): Writable =>
      new Writable({
        write(chunk, _encoding, done) {
          said[name] += String(chunk);
          done();
        },
      });
    const code = await run([...args, '--config', path.join(folder, 'omnifeed.yaml')], {
      environment: {},
      signal: new AbortController().signal,
      out: sink('out'),
      err: sink('err'),
    });
    return { code, ...said };
  }

  it('lists what can be done by hand with its parameters', async () => {
    const { code, out } = await omnifeed('channel', 'google-us');
    expect(code).toBe(0);
    expect(out).toMatch(/^register-gcp +registers the .*--set developerEmail=…\)$/m);
    expect((await omnifeed('channel', 'files')).out).toBe('files offers nothing to do by hand\n');
  });

  it('does it and shows the answer, in text and as JSON', async () => {
    const text = await omnifeed('channel', 'google-us', 'create-test-account', '--set', 'name=Try = out');
    expect(text).toMatchObject({ code: 0, out: 'account: 9000000001\ntestAccount: true\n' });
    const json = await omnifeed('channel', 'google-us', 'registration', '--json');
    expect(JSON.parse(json.out)).toMatchObject({ answer: { registeredWith: 'accounts/5551234567' } });
  });

  it.each([
    [['fly'], 'unknown_action'],
    [['create-test-account'], 'parameter_invalid'],
    [['create-test-account', '--set', 'name'], 'parameter_invalid'],
    [['registration', '--set', 'secret=1'], 'parameter_invalid'],
  ])('refuses %j before anything is called', async (args, code) => {
    const ended = await omnifeed('channel', 'google-us', ...args);
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining(`error ${code}: `) });
    expect(simulator.calls).toEqual([]);
  });
});
