// The matrix is TypeScript, which Node 20 does not read by itself.
import path from 'node:path';
import { runnerImport } from 'vite';

const { module } = await runnerImport(path.join(import.meta.dirname, 'remove-guards.ts'));
process.exitCode = module.removeGuards(process.argv.slice(2));
