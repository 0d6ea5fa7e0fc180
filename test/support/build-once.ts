import { spawnSync } from 'node:child_process';

/**
 * Tests of the command line run the built program. The compiler is incremental, so an up-to-date build costs little. Type
 * errors are printed and left to `npm run check`; the compiler writes the program all the same.
 */
export default function buildOnce(): void {
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
}
