import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config/config.js';
import { OperatorError } from '../domain/errors.js';
import type { StoredPart } from './stored-parts.js';

/** Where files that people hand over are kept, from the folder of the configuration on. */
const FOLDER = 'omnifeed-data/uploads';
/** A file that no source came to use is kept so long. */
const UNUSED_MS = 7 * 24 * 3_600_000;

/** A file somebody handed over. */
export interface Upload {
  readonly id: string;
  readonly bytes: number;
}

/** Writes a file as it comes; one that breaks off leaves nothing. `name` is the person's own: only its ending is kept. */
export async function keepUpload(
  config: Pick<Config, 'folder'>,
  bytes: Readable,
  name: string,
): Promise<Upload> {
  const folder = path.join(config.folder, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [ending = ''] = /\.[a-z0-9]{1,8}$/i.exec(name) ?? [];
  const id = `${randomUUID()}${ending.toLowerCase()}`;
  const file = path.join(folder, id);
  try {
    await pipeline(bytes, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { id, bytes: (await stat(file)).size };
}

/** The path of an upload as a source names it. Throws `unknown_upload`. */
export async function uploadPath(config: Pick<Config, 'folder'>, id: string): Promise<string> {
  const known = /^[0-9a-f-]{36}(\.[a-z0-9]{1,8})?$/.test(id);
  const found = known && (await stat(path.join(config.folder, FOLDER, id)).catch(() => null));
  if (!found)
    throw new OperatorError('unknown_upload', 'There is no such file here any more.', 'Hand it over again.');
  return `${FOLDER}/${id}`;
}

/** Takes away files that no source uses and that nobody touched for a week. Answers how many. */
export async function forgetUploads(
  config: Pick<Config, 'folder'>,
  parts: readonly StoredPart[],
  nowMs: number,
): Promise<number> {
  const folder = path.join(config.folder, FOLDER);
  const used = new Set(parts.map(({ body }) => path.basename(String(body.path ?? ''))));
  let gone = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const facts = await stat(path.join(folder, name)).catch(() => null);
    if (used.has(name) || facts === null || nowMs - facts.mtimeMs < UNUSED_MS) continue;
    await rm(path.join(folder, name), { force: true });
    gone += 1;
  }
  return gone;
}
