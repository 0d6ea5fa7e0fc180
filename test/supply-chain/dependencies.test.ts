import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(packageRoot(), name), 'utf8'));
const manifest = read('package.json') as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
const lock = read('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> };
const packages = Object.entries(lock.packages).filter(([name]) => name !== '');
const shipped = packages.filter(([, { dev }]) => dev !== true);

/** Licences that ask for nothing but to be named. */
const LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'Unlicense',
  'BlueOak-1.0.0',
  'CC0-1.0',
]);

/** Packages that name their licence in a way the lock file does not keep: read by hand in their package.json. */
const READ_BY_HAND: Readonly<Record<string, string>> = {
  'node_modules/ssh2': 'MIT',
  'node_modules/cpu-features': 'MIT',
  'node_modules/buildcheck': 'MIT',
};

/** `(MIT OR WTFPL)`: one of them that is allowed is enough; of `AND` each must be. */
function isAllowed(licence: string): boolean {
  return licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((each) => LICENCES.has(each.trim())));
}

describe('what we depend on', () => {
  it('is pinned to one exact release each', () => {
    const { dependencies, devDependencies, overrides } = manifest;
    const all = Object.entries({ ...dependencies, ...devDependencies, ...overrides });
    const loose = all.filter(([, range]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(range));
    expect(loose).toEqual([]);
  });

  it('is locked with checksums, and comes from the registry each machine is set up with', () => {
    const unsealed = packages.filter(([, { integrity, link }]) => integrity === undefined && link !== true);
    expect(unsealed.map(([name]) => name)).toEqual([]);
    const elsewhere = packages.filter(([, { resolved }]) => resolved !== undefined);
    expect(elsewhere.map(([name, { resolved }]) => `${name}: ${resolved}`)).toEqual([]);
  });

  it('is shipped under licences that ask for nothing but to be named', () => {
    const found = shipped
      .map(([name, { license }]) => [name, license ?? READ_BY_HAND[name] ?? 'unknown'] as const)
      .filter(([, licence]) => !isAllowed(licence));
    expect(found).toEqual([]);
  });

  it('runs a script while it is installed in one case only', () => {
    expect(manifest.allowScripts).toEqual({ 'better-sqlite3': true });
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    // Those beside better-sqlite3 work without theirs: faster code for ssh2 and msgpackr, a note of protobufjs.
    expect(scripted.map(([name]) => name).sort()).toEqual([
      'node_modules/better-sqlite3',
      'node_modules/cpu-features',
      'node_modules/msgpackr-extract',
      'node_modules/protobufjs',
      'node_modules/ssh2',
    ]);
  });
});
