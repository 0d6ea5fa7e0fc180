import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One import of a source file. */
export interface SourceImport {
  /** Repository path of the imported file, or the name of a package or Node module. */
  readonly target: string;
  /** True when only types are taken: nothing is left of it at run time. */
  readonly typesOnly: boolean;
  /** True for `import(…)`: read when it is reached, not when the file is. */
  readonly onDemand: boolean;
}

/** One TypeScript file of the repository. */
export interface SourceFile {
  /** `src/sync/step.ts`. */
  readonly path: string;
  readonly text: string;
  /** The text without comments. */
  readonly code: string;
  readonly imports: readonly SourceImport[];
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const IMPORT =
  /(?:^|\n)(?:import|export)\s+(type\s+)?(?:(\{[^}]*\}|\*|[^;'"{]*?)\s*from\s+)?'([^']+)'|\bimport\('([^']+)'\)/g;

/** The TypeScript files below the given folders, with what they import. */
export function sourceTree(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    filesBelow(folder)
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.posix.join(folder, name))
      .sort()
      .map(sourceFile),
  );
}

/** Paths of everything below a folder of the repository, what is installed there left out. */
export function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter(
    (name) => !name.split(path.sep).includes('node_modules'),
  );
}

/** The text of a file of the repository. */
export function readSource(name: string): string {
  return readFileSync(path.join(ROOT, name), 'utf8');
}

function sourceFile(name: string): SourceFile {
  const text = readSource(name);
  return { path: name, text, code: withoutComments(text), imports: importsOf(name, text) };
}

function importsOf(name: string, text: string): SourceImport[] {
  return [...text.matchAll(IMPORT)].map(([, type, names, written, dynamic]) => {
    const target = written ?? dynamic ?? '';
    const members = names?.startsWith('{') ? names.slice(1, -1).split(',') : [];
    const each = members.map((member) => member.trim()).filter((member) => member !== '');
    const typesOnly =
      type !== undefined || (each.length > 0 && each.every((member) => member.startsWith('type ')));
    return { target: resolved(name, target), typesOnly, onDemand: dynamic !== undefined };
  });
}

function resolved(name: string, target: string): string {
  if (!target.startsWith('.')) return target;
  const written = path.posix.join(path.posix.dirname(name), target).replace(/\.js$/, '.ts');
  return existsSync(path.join(ROOT, written)) ? written : `${written}x`;
}

/** Good enough for our own formatted code: a `//` inside a text stays when a letter, digit or colon stands before it. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/ .*$/gm, '$1');
}
