import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';

/** The gate in front of a stand-in for npm that says this. */
describe('the gate for known holes', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'audit-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function gate(
    said: string,
    environment: Record<string, string> = {},
  ): Promise<[number | null, string]> {
    const npm = path.join(folder, 'npm');
    await writeFile(npm, `#!/bin/sh\ncat <<'SAID'\n${said}\nSAID\nexit 1\n`);
    await chmod(npm, 0o755);
    const { status, stdout } = spawnSync(process.execPath, [path.join(packageRoot(), '.ci/audit.mjs')], {
      encoding: 'utf8',
      env: { ...process.env, ...environment, PATH: `${folder}:${process.env.PATH}` },
    });
    return [status, stdout];
  }
  const counts = (high: number, critical: number): object => ({
    metadata: { vulnerabilities: { low: 3, moderate: 2, high, critical, total: 5 + high + critical } },
  });

  it('lets pass what has only small ones', async () => {
    expect(await gate(JSON.stringify({ ...counts(0, 0), vulnerabilities: {} }))).toEqual([
      0,
      'known holes in what is shipped: 0 critical, 0 high, 5 in all\n',
    ]);
  });

  it('stops at a high one and names it', async () => {
    const hole = { name: 'axios', severity: 'high', range: '<1.15.2', fixAvailable: true };
    const [status, said] = await gate(JSON.stringify({ ...counts(1, 0), vulnerabilities: { axios: hole } }));
    expect(status).toBe(1);
    expect(said).toContain('high: axios <1.15.2 (mended in a newer release)');
  });

  it.each([
    ['a refusal', '{"message":"405 Method Not Allowed","error":{}}', '405 Method Not Allowed'],
    ['nothing that can be read', 'ECONNREFUSED', ''],
  ])('says why it could not ask, on %s, and is closed only for releases', async (_what, said, reason) => {
    const [status, told] = await gate(said);
    expect(status).toBe(0);
    expect(told).toContain(`known holes were not asked for: ${reason}`);
    expect((await gate(said, { OMNIFEED_REQUIRE_AUDIT: '1' }))[0]).toBe(1);
  });
});
