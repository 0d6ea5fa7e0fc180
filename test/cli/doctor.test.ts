import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unfitKind } from '../../src/cli/doctor-place-checks.js';
import { run } from '../../src/cli/run.js';
import { newKeyText } from '../../src/config/key.js';
import { connectDatabase } from '../../src/db/connect.js';
import { postgresAddress } from '../support/databases.js';
import { redisAddress } from '../support/redis.js';

interface Finding {
  readonly about: string;
  readonly state: string;
  readonly message: string;
  readonly advice: string;
}

describe('omnifeed doctor', () => {
  let folder: string;
  let key: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'doctor-'));
    key = path.join(folder, 'omnifeed.key');
    await writeFile(key, newKeyText(), { mode: 0o600 });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function doctor(yaml: string): Promise<{ code: number; findings: readonly Finding[] }> {
    const file = path.join(folder, 'omnifeed.yaml');
    await writeFile(file, yaml, { mode: 0o600 });
    let out = '';
    const write = new Writable({
      write(chunk, _encoding, done) {
        out += String(chunk);
        done();
      },
    });
    const place = { environment: {}, signal: new AbortController().signal, out: write, err: write };
    const code = await run(['doctor', '--json', '--config', file], place);
    return { code, findings: (JSON.parse(out) as { findings: Finding[] }).findings };
  }
  const of = (findings: readonly Finding[], about: string): string[] =>
    findings.filter((finding) => finding.about === about).map(({ state, message }) => `${state} ${message}`);

  it('reads back what both connections were set to, looks at the tables, and measures how long a commit takes', async () => {
    const { code, findings } = await doctor('database: house.db\n');
    expect(code).toBe(0);
    expect(of(findings, 'database')).toEqual(
      expect.arrayContaining([
        'ok synchronous = 2',
        'ok synchronous (reader) = 2',
        'ok its tables are those of this version',
      ]),
    );
    expect(of(findings, 'disk').join('\n')).toMatch(/a write is kept after \d+\.\d ms/);
    expect(of(findings, 'files')).toEqual(['ok keys and data can be read by their owner alone']);
    expect((await stat(path.join(folder, 'house.db'))).mode & 0o777).toBe(0o600);
  });

  it('names files with keys and data that others may read, and the command that mends it', async () => {
    await (await connectDatabase(path.join(folder, 'house.db'))).close();
    await chmod(path.join(folder, 'house.db'), 0o644);
    await chmod(key, 0o640);
    const { code, findings } = await doctor('database: house.db\n');
    expect(code).toBe(1);
    const files = findings.filter(({ about }) => about === 'files');
    expect(files.map(({ state, advice }) => [state, advice])).toEqual([
      ['error', `Run: chmod 600 ${key}`],
      ['warning', `Run: chmod 600 ${path.join(folder, 'house.db')}`],
    ]);
  });

  it('knows the file systems SQLite is not safe on', () => {
    expect(unfitKind(0x6969)).toMatchObject({ kind: 'NFS', state: 'error' });
    expect(unfitKind(-11317950)).toMatchObject({ kind: 'CIFS', state: 'error' }); // as a signed number
    expect(unfitKind(0xef53)).toBeNull(); // ext4
  });

  if (postgresAddress === undefined) process.stderr.write('skipped: the doctor on Postgres\n');
  it.skipIf(postgresAddress === undefined)('asks Postgres whether it keeps commits', async () => {
    const { findings } = await doctor(`database: "${postgresAddress}?schema=doctor_test"\n`);
    expect(of(findings, 'database')).toContain('ok fsync = on');
    const database = await connectDatabase(`${postgresAddress}?schema=doctor_test`);
    await database.run('DROP SCHEMA doctor_test CASCADE');
    await database.close();
  });

  if (redisAddress === undefined) process.stderr.write('skipped: the doctor on Redis\n');
  it.skipIf(redisAddress === undefined)('asks Redis for its release and whether it forgets', async () => {
    const { findings } = await doctor(`database: house.db\nqueue: "${redisAddress}"\n`);
    const queue = of(findings, 'queue').join('\n');
    expect(queue).toMatch(/ok version = [67]\./);
    expect(queue).toContain('maxmemory-policy');
    expect(queue).toContain('ok authentication');
  });
});
