import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** A file of the built console, ready to be sent. */
export interface BuiltFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** Null: packing does not make it smaller. */
  readonly gzip: Buffer | null;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
};

const pack = promisify(gzip);

/** Reads the files of a folder by their names, about a megabyte, once: nothing outside it can be asked for. None when it is not there. */
export async function readBuilt(folder: string): Promise<ReadonlyMap<string, BuiltFile>> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []; // not built: the page says so
    throw error;
  });
  const files = await Promise.all(
    names
      .filter((name) => path.extname(name) in TYPES)
      .map(async (name) => [name, await builtFile(path.join(folder, name))] as const),
  );
  return new Map(files);
}

async function builtFile(name: string): Promise<BuiltFile> {
  const bytes = await readFile(name);
  const packed = await pack(bytes, { level: 9 });
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
  return { type, bytes, gzip: packed.length < bytes.length ? packed : null };
}
