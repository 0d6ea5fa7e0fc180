import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import type { HostileFile } from './hostile-file.js';
import { PACKED } from './packed-files.js';
import { TEXT } from './text-files.js';
import { XML } from './xml-files.js';

const FILES = [...PACKED, ...XML, ...TEXT];
const LARGEST_RSS_MB = 512;
const LONGEST_BLOCK_MS = 250;

/** What the importing process says of one file. */
interface Told {
  readonly code?: string;
  readonly owner?: string | null;
  readonly message?: string;
  readonly advice?: string | null;
  readonly state?: string;
  readonly variants?: number | null;
  readonly complaints: number;
  readonly polluted: boolean;
  readonly blockedMs: number;
  readonly rssMb: number;
}

describe('a hostile file', () => {
  let folder: string;
  let child: ChildProcessByStdio<Writable, Readable, null>;
  let answers: AsyncIterator<string>;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-hostile-'));
    const root = path.join(packageRoot(), 'dist/src');
    const script = path.join(import.meta.dirname, 'import-all.mjs');
    child = spawn(process.execPath, [script, root, path.join(folder, 'omnifeed.db')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  });
  afterAll(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  async function imported(file: HostileFile): Promise<Told> {
    const place = path.join(folder, 'file');
    const handle = openSync(place, 'w');
    for (const piece of file.bytes()) writeSync(handle, piece);
    closeSync(handle);
    const id = `source-${FILES.indexOf(file)}`;
    child.stdin.write(`${JSON.stringify({ path: place, id, mapping: file.mapping })}\n`);
    const line = await answers.next();
    if (line.done === true) throw new Error('the importing process died');
    return JSON.parse(line.value) as Told;
  }

  it('is one of at least sixty, each unlike the others', () => {
    expect(new Set(FILES.map(({ what }) => what)).size).toBe(FILES.length);
    expect(FILES.length).toBeGreaterThanOrEqual(60);
  });

  it.each(FILES.map((file) => [file.what, file] as const))(
    'comes to one clear end in bounded memory: %s',
    async (_what, file) => {
      const told = await imported(file);
      if (typeof file.end === 'string') {
        expect(told).toMatchObject({ code: file.end, owner: 'operator' });
        expect(told.message).toMatch(/^[^\n]{10,700}$/);
        expect(told.advice).toMatch(/\w+ \w+/);
      } else {
        expect(told.code, told.message).toBeUndefined();
        expect(told.variants).toBe(file.end.variants);
        expect(told.complaints).toBeGreaterThanOrEqual(file.end.complaints ?? 0);
      }
      expect(told.polluted).toBe(false);
      expect(told.rssMb).toBeLessThan(LARGEST_RSS_MB);
      expect(told.blockedMs).toBeLessThan(LONGEST_BLOCK_MS);
      expect(statSync('/tmp/omnifeed-zip-slip', { throwIfNoEntry: false })).toBeUndefined();
    },
  );
});
