import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MODULES = path.join(ROOT, 'node_modules');

/** Sub-APIs of Google's Merchant API whose typings, generated from the discovery documents, are installed. */
export type MerchantApi =
  | 'products_v1'
  | 'datasources_v1'
  | 'inventories_v1'
  | 'promotions_v1'
  | 'lfp_v1'
  | 'ordertracking_v1'
  | 'accounts_v1'
  | 'quota_v1'
  | 'reports_v1'
  | 'issueresolution_v1'
  | 'notifications_v1';

/** Something of which the compiler is asked whether it is a `gapi.client.merchantapi.<type>`. */
export interface TypedCase {
  readonly type: string;
  readonly value: unknown;
}

/**
 * What a strict compiler says against values of published types: one line per complaint, beginning with the place of the
 * case in the list; none: all of them fit.
 */
export async function typingErrors(
  api: MerchantApi,
  cases: readonly TypedCase[],
): Promise<readonly string[]> {
  const text = cases
    .map(
      ({ type, value }, place) => `const case${place}: gapi.client.merchantapi.${type} = ${literal(value)};`,
    )
    .join('\n');
  const errors = await compileWith(api, `${text}\n`);
  return errors.map(({ line, message }) => `${line - 1}: ${message}`);
}

/** A complaint of the compiler; lines count from 1. */
export interface CompileError {
  readonly line: number;
  readonly message: string;
}

/**
 * Compiles a text with the typings of one sub-API. Each goes into a program of its own, because all of them declare the
 * same namespace. `repaired: false` takes the typings as they are published.
 */
export async function compileWith(
  api: MerchantApi,
  text: string,
  { repaired = true }: { readonly repaired?: boolean } = {},
): Promise<readonly CompileError[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-typings-'));
  try {
    const typings = readTypings(api);
    mkdirSync(path.join(folder, 'typings'));
    writeFileSync(path.join(folder, 'typings/index.d.ts'), repaired ? repair(typings) : typings);
    writeFileSync(path.join(folder, 'cases.ts'), text);
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(PROJECT));
    const tsc = path.join(MODULES, 'typescript/bin/tsc');
    const run = promisify(execFile)(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
      maxBuffer: 64 * 1024 * 1024,
    });
    const output = await run.then(
      ({ stdout }) => stdout,
      (error: { readonly stdout?: string }) => {
        if (typeof error.stdout !== 'string' || error.stdout === '') throw error;
        return error.stdout;
      },
    );
    return complaints(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const PROJECT = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    target: 'ES2023',
    lib: ['ES2023', 'DOM'],
    module: 'ESNext',
    moduleResolution: 'Bundler',
    typeRoots: [path.join(MODULES, '@types')],
    types: [],
  },
  files: ['typings/index.d.ts', 'cases.ts'],
};

/** The typings of a sub-API as they are published. */
export function readTypings(api: MerchantApi): string {
  return readFileSync(path.join(MODULES, `@maxim_mazurok/gapi.client.merchantapi-${api}/index.d.ts`), 'utf8');
}

/**
 * The generator (builds of 2026-09) writes repeated values as `'A' | 'B' | 'C'[]`, where only the last one is a list. Two or
 * more literals before `[]` become a list of any of them.
 */
export function repair(typings: string): string {
  return typings.replace(/(?:\|\s*)?('\w+'(?:\s*\|\s*'\w+')+)\[\]/g, (_, union: string) => `Array<${union}>`);
}

function literal(value: unknown): string {
  return JSON.stringify(value);
}

function complaints(output: string): readonly CompileError[] {
  const errors: CompileError[] = [];
  for (const line of output.split('\n')) {
    const [, at, message] = /cases\.ts\((\d+),\d+\): error (TS\d+: .*)$/.exec(line) ?? [];
    if (at !== undefined && message !== undefined) errors.push({ line: Number(at), message });
    else if (/^\S.*error TS/.test(line)) throw new Error(`The typings themselves do not compile: ${line}`);
  }
  return errors;
}
