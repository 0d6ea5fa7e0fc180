import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { filesBelow } from './source-tree.js';

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Tests of the command line run the built program, and those of the console a browser on the built pages. The compiler is incremental, so an
 * up-to-date build costs little; the console is built when a source is newer. Type errors are printed and left to `npm run check`; the
 * compiler writes the program all the same.
 */
export default function buildOnce(): void {
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json');
  if (consoleIsStale()) run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error');
}

function run(script: string, ...args: readonly string[]): void {
  // The runner's own NODE_ENV would make it a build for development, a fifth larger than the one that is shipped.
  const env = { ...process.env, NODE_ENV: 'production' };
  spawnSync(process.execPath, [script, ...args], { stdio: 'inherit', cwd: ROOT, env });
}

function consoleIsStale(): boolean {
  const changed = (name: string): number =>
    statSync(path.join(ROOT, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = filesBelow('src/console').map((name) => changed(path.join('src/console', name)));
  return Math.max(...sources, changed('vite.config.ts')) > changed('dist/console/index.html');
}
