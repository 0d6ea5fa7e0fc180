import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}

const BUILT = path.resolve(import.meta.dirname, '../../dist/console');
const manifest = JSON.parse(readFileSync(path.join(BUILT, 'manifest.json'), 'utf8')) as Record<string, Chunk>;

/** A chunk with everything it needs before it runs. */
function reach(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const next of manifest[name]?.imports ?? []) reach(next, seen);
  return seen;
}

function bytesOf(files: Iterable<string>): number {
  let sum = 0;
  for (const file of new Set(files))
    sum += gzipSync(readFileSync(path.join(BUILT, file)), { level: 9 }).length;
  return sum;
}

function filesOf(chunks: ReadonlySet<string>): { readonly scripts: string[]; readonly styles: string[] } {
  const found = [...chunks].map((name) => manifest[name]).filter((chunk) => chunk !== undefined);
  return { scripts: found.map(({ file }) => file), styles: found.flatMap(({ css }) => css ?? []) };
}

const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? '';
const first = reach(entry);
const pages = Object.keys(manifest).filter((name) => /routes\/[^/]+\/page\.tsx$/.test(name));

const KIB = 1024;
const MOST = { scripts: 240 * KIB, styles: 20 * KIB, page: 60 * KIB, sentences: 40 * KIB };

/** Pages that carry an editor. */
const HEAVY: Readonly<Record<string, number>> = { 'routes/mapping/page.tsx': 200 * KIB };

describe('the built console', () => {
  it('has its pages split off the first load', () => {
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.filter((page) => first.has(page))).toEqual([]);
  });

  it('keeps its sentences apart from the scripts, and small', () => {
    const sentences = readdirSync(path.join(BUILT, 'assets')).filter((name) => /^en-.*\.json$/.test(name));
    expect(sentences).toHaveLength(1);
    expect(bytesOf(sentences.map((name) => `assets/${name}`))).toBeLessThanOrEqual(MOST.sentences);
  });

  it.each(pages)('keeps within its budget on the way to %s', (page) => {
    const all = filesOf(new Set([...first, ...reach(page)]));
    const own = filesOf(new Set([...reach(page)].filter((name) => !first.has(name))));
    const heavy = HEAVY[page];
    if (heavy === undefined) expect(bytesOf(all.scripts)).toBeLessThanOrEqual(MOST.scripts);
    expect(bytesOf(own.scripts)).toBeLessThanOrEqual(heavy ?? MOST.page);
    expect(bytesOf(all.styles)).toBeLessThanOrEqual(MOST.styles);
  });
});
