import { execFileSync } from 'node:child_process';

/** Tests of the command line run the built program; the compiler is incremental, so an up-to-date build costs little. */
export default function buildOnce(): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  });
}
