import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.js';
import { packageRoot } from '../../src/config/package-root.js';
import { killWriters } from '../../src/selftest/kill-writers.js';
import { redisKeeps } from '../../src/selftest/redis-keeps.js';
import { scratchBeside } from '../../src/selftest/scratch.js';
import { postgresAddress } from '../support/databases.js';
import { redisAddress } from '../support/redis.js';

const BUILT = path.join(packageRoot(), 'dist/src/selftest/write-until-killed.js');
const DISHONEST = path.join(packageRoot(), 'test/selftest/dishonest-writer.mjs');
const signal = new AbortController().signal;

describe('the selftest', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'selftest-'));
  });
  afterEach(async () => {
    delete process.env.OMNIFEED_TEST_LIE;
    await rm(folder, { recursive: true, force: true });
  });

  const trial = (address: string, writer: string) => ({
    address,
    kills: 2,
    signal,
    random: () => 0.5,
    writer,
  });

  it('finds everything that was told as kept, and leaves nothing behind', { timeout: 60_000 }, async () => {
    const scratch = scratchBeside(path.join(folder, 'house.db'), folder);
    const result = await killWriters(trial(scratch.address, BUILT));
    await scratch.dispose();
    expect(result).toMatchObject({ kills: 2, lost: 0, torn: 0, sound: true });
    expect(result.acknowledged).toBeGreaterThan(1);
    expect(await readdir(folder)).toEqual([]);
  });

  if (postgresAddress === undefined) process.stderr.write('skipped: the selftest on Postgres\n');
  it.skipIf(postgresAddress === undefined)('does the same on Postgres', { timeout: 60_000 }, async () => {
    const scratch = scratchBeside(postgresAddress ?? '', folder);
    const result = await killWriters(trial(scratch.address, BUILT));
    await scratch.dispose();
    expect(result).toMatchObject({ kills: 2, lost: 0, torn: 0 });
    expect(result.acknowledged).toBeGreaterThan(1);
  });

  it('counts what was told and is not there', { timeout: 60_000 }, async () => {
    process.env.OMNIFEED_TEST_LIE = 'early';
    const result = await killWriters(trial(path.join(folder, 'lie.db'), DISHONEST));
    expect(result.lost).toBe(result.acknowledged);
    expect(result.lost).toBeGreaterThan(0);
  });

  it('counts halves of transactions', { timeout: 60_000 }, async () => {
    process.env.OMNIFEED_TEST_LIE = 'half';
    const once = { ...trial(path.join(folder, 'half.db'), DISHONEST), kills: 1 };
    const result = await killWriters(once);
    expect(result.lost).toBe(0);
    expect(result.torn).toBeGreaterThan(0);
  });

  if (redisAddress === undefined) process.stderr.write('skipped: the selftest on Redis\n');
  it.skipIf(redisAddress === undefined)('finds in Redis what another connection wrote', async () => {
    expect(await redisKeeps(redisAddress ?? '')).toEqual({ written: 1_000, lost: 0 });
  });

  it('refuses a number of kills that is none, and tells what it takes', async () => {
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(file, 'database: house.db\n');
    let told = '';
    const out = new Writable({
      write(chunk, _encoding, done) {
        told += String(chunk);
        done();
      },
    });
    const place = { environment: {}, signal, out, err: out };
    expect(await run(['selftest', '--kills', '0', '--config', file], place)).toBe(2);
    expect(told).toContain('Give a whole number from 1 to 100000.');
  });
});
