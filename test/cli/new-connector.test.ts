import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scaffoldConnector } from '../../src/cli/scaffold/connector-scaffold.js';
import { packageRoot } from '../../src/config/package-root.js';

const run = promisify(execFile);
const NEEDED = [
  'src',
  'connectors',
  'jobs',
  'mappings',
  'test/contract',
  'test/judge',
  'test/support',
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'biome.json',
  'vitest.config.ts',
];

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

describe('a new connector', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
    for (const name of NEEDED)
      await cp(path.join(packageRoot(), name), path.join(root, name), {
        recursive: true,
        filter: (file) => path.basename(file) !== 'node_modules',
      });
    await symlink(path.join(packageRoot(), 'node_modules'), path.join(root, 'node_modules'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('passes the check and the contract suite as it is written', { timeout: 240_000 }, async () => {
    const { files } = await scaffoldConnector(root, 'acme-market');
    expect(files).toContain('mappings/acme-market.yaml');
    const index = await readFile(path.join(root, 'connectors/index.ts'), 'utf8');
    expect(index).toContain("import { acmeMarket } from './acme-market/index.js';");
    const own = ['connectors/acme-market', 'connectors/index.ts'];
    const biome = ['node_modules/@biomejs/biome/bin/biome', 'check', '--vcs-enabled=false', ...own];
    await run(process.execPath, biome, { cwd: root });
    const suite = [
      'node_modules/vitest/vitest.mjs',
      'run',
      'test/contract',
      'test/judge',
      '-t',
      'acme-market',
      '--reporter=json',
    ];
    // The suite goes out with 1 when a test fails; what it wrote says which.
    const { stdout } = await run(process.execPath, suite, { cwd: root, maxBuffer: 64 * 1024 * 1024 }).catch(
      (failure: { stdout: string }) => failure,
    );
    const report = JSON.parse(stdout.slice(stdout.indexOf('{"num'))) as Report;
    const failed = report.testResults.flatMap((file) =>
      file.assertionResults.filter((test) => test.status === 'failed'),
    );
    expect(failed.map((test) => test.fullName)).toEqual([]);
    expect(report.numPassedTests).toBeGreaterThanOrEqual(8);
  });

  it('overwrites nothing and refuses names that cannot be one', async () => {
    await scaffoldConnector(root, 'acme');
    await expect(scaffoldConnector(root, 'acme')).rejects.toMatchObject({ code: 'connector_exists' });
    await expect(scaffoldConnector(root, 'memory')).rejects.toMatchObject({ code: 'connector_exists' });
    for (const name of ['', 'Acme', '../x', 'a--b', '-a', 'a_b'])
      await expect(scaffoldConnector(root, name)).rejects.toMatchObject({ code: 'bad_connector_name' });
  });
});
