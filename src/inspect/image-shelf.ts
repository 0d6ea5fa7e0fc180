import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readUrl } from '../domain/web-address.js';
import { fetchSight } from './fetch-sight.js';
import type { HostFinder } from './public-host.js';
import { readImage } from './read-image.js';

/** A picture as it may be shown: of a type browsers draw and never run. */
export interface ShownImage {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Pictures of merchants' hosts, fetched once and kept. */
export interface ImageShelf {
  /** The picture at an address of the catalog; null: there is none, it is too large, or of a type that is not shown. */
  show(address: string): Promise<ShownImage | null>;
}

/** How pictures are fetched and kept. */
export interface ShelfRules {
  /** Where they are kept; made when it is needed. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Milliseconds, of any origin. */
  readonly now: () => number;
  /** Finds hosts; the house's own refuses private ones. */
  readonly find?: HostFinder;
  /** Ports that may be asked besides those of http and https. */
  readonly ports?: readonly number[];
}

/** Larger ones are no thumbnails. */
const MOST_BYTES = 4 * 1024 * 1024;
/** What is kept altogether: the least recently shown go first. */
const SHELF_BYTES = 256 * 1024 * 1024;
const SHELF_FILES = 5_000;
/** So many are fetched at once: a page of fifty must not be fifty calls to a merchant's host. */
const AT_ONCE = 6;
/** What could not be fetched is not asked for again before this. */
const GONE_MS = 10 * 60_000;
const MOST_GONE = 5_000;

/** Types by signature that a browser only draws. SVG is not among them: it is a program. */
const SHOWN: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
};

/** Opens the shelf. Nothing is fetched that no one asks for. */
export function imageShelf(rules: ShelfRules): ImageShelf {
  const under = new Map<string, Promise<ShownImage | null>>();
  const gone = new Map<string, number>();
  const queue: (() => void)[] = [];
  let busy = 0;
  const turn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= AT_ONCE) await new Promise<void>((go) => queue.push(go));
    busy += 1;
    try {
      return await work();
    } finally {
      busy -= 1;
      queue.shift()?.();
    }
  };
  const look = async (address: string): Promise<ShownImage | null> => {
    const name = createHash('sha256').update(address).digest('hex');
    const kept = await keptImage(rules, name);
    if (kept !== null) return kept;
    const lost = gone.get(name);
    if (lost !== undefined && rules.now() - lost < GONE_MS) return null;
    const found = await turn(() => fetched(address, rules));
    if (found !== null) {
      gone.delete(name);
      await keep(rules, name, found.bytes);
      return found;
    }
    if (gone.size >= MOST_GONE) gone.clear();
    gone.set(name, rules.now());
    return null;
  };
  return {
    show(address) {
      const known = under.get(address);
      if (known !== undefined) return known;
      const looking = look(address).finally(() => under.delete(address));
      under.set(address, looking);
      return looking;
    },
  };
}

async function fetched(address: string, rules: ShelfRules): Promise<ShownImage | null> {
  if (!mayAsk(address, rules.ports ?? [])) return null;
  const { find, signal } = rules;
  const maxBytes = MOST_BYTES + 1;
  const ports = rules.ports ?? [];
  const asked = { maxBytes, etag: null, signal, mayAsk: (url: string) => mayAsk(url, ports) };
  const seen = await fetchSight(address, { ...asked, ...(find === undefined ? {} : { find }) });
  if (!seen.changed || 'failure' in seen || seen.status < 200 || seen.status > 299) return null;
  if (seen.head.length > MOST_BYTES || (seen.bytes ?? 0) > MOST_BYTES) return null;
  return shown(seen.head);
}

/** Only http and https, their own ports, and nobody's name and password. */
function mayAsk(address: string, ports: readonly number[]): boolean {
  if (readUrl(address) === null) return false;
  const { protocol, port, username, password } = new URL(address);
  const usual = port === '' || port === '80' || port === '443' || ports.includes(Number(port));
  return (protocol === 'https:' || protocol === 'http:') && usual && username === '' && password === '';
}

/** The type is what the bytes are, whatever their server calls them. */
function shown(bytes: Buffer): ShownImage | null {
  const type = SHOWN[readImage(bytes).type ?? ''];
  return type === undefined ? null : { type, bytes };
}

async function keptImage({ folder }: ShelfRules, name: string): Promise<ShownImage | null> {
  const file = path.join(folder, name);
  const bytes = await readFile(file).catch(() => null); // not there is what mostly is
  if (bytes === null) return null;
  const at = new Date();
  await utimes(file, at, at).catch(() => undefined); // when it was last shown; taken away meanwhile: so be it
  return shown(bytes);
}

let writes = 0;
/** The folder is counted once in so many pictures. */
const COUNT_EVERY = 50;

async function keep({ folder }: ShelfRules, name: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const part = path.join(folder, `${name}.${randomUUID()}`);
  await writeFile(part, bytes, { mode: 0o600 });
  await rename(part, path.join(folder, name));
  writes += 1;
  if (writes % COUNT_EVERY === 0) await tidyShelf(folder);
}

/** Takes away the least recently shown pictures beyond what is kept. */
export async function tidyShelf(
  folder: string,
  most: { readonly files: number; readonly bytes: number } = { files: SHELF_FILES, bytes: SHELF_BYTES },
): Promise<void> {
  const files: { readonly file: string; readonly bytes: number; readonly shownMs: number }[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const facts = await stat(file).catch(() => null);
    if (facts !== null) files.push({ file, bytes: facts.size, shownMs: facts.mtimeMs });
  }
  files.sort((a, b) => b.shownMs - a.shownMs);
  let bytes = 0;
  for (const [place, one] of files.entries()) {
    bytes += one.bytes;
    if (place >= most.files || bytes > most.bytes) await rm(one.file, { force: true });
  }
}
