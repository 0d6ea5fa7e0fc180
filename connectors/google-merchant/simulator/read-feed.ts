import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../../../src/domain/json.js';
import { type FileEntry, UnreadableFile } from './file-entry.js';
import { GoogleRefusal } from './google-error.js';
import { checkInput } from './input-check.js';
import { writeListing } from './listing-text.js';
import { readTabItems } from './read-tab.js';
import { readXmlItems } from './read-xml.js';

/** What a file said: products by offer id, and what was wrong with it as Google tells it. */
export interface ReadFeed {
  readonly items: ReadonlyMap<string, JsonObject>;
  readonly issues: readonly JsonObject[];
  /** False: nothing of the file can be used. */
  readonly readable: boolean;
}

/** The source a file belongs to: its products take language and label from it. */
export interface FileMarket {
  readonly contentLanguage: string;
  readonly feedLabel: string;
}

const LARGEST = 256 * 1024 * 1024;

/**
 * Reads an RSS, Atom or tab-delimited file, packed with gzip or not, with the simulator's own reading of the specification (6.1, 6.2; verified
 * 2026-11-23). Google tells the formats apart by what is in the file. Items that no product input could be are left out with an issue.
 */
export function readFeed(bytes: Buffer, market: FileMarket): ReadFeed {
  try {
    const text = textOf(bytes);
    const entries = /^\s*</.test(text) ? readXmlItems(text) : readTabItems(text);
    return taken(entries, market);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const told = issue('file_unreadable', 'ERROR', error.message, 1);
    return { items: new Map(), issues: [told], readable: false };
  }
}

/** Other encodings than UTF-8 and other packings than gzip are not simulated: they are refused. */
function textOf(bytes: Buffer): string {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = packed ? unpacked(bytes) : bytes;
  if (plain.length === 0) throw new UnreadableFile('The file is empty');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    throw new UnreadableFile('The encoding of the file is not UTF-8');
  }
}

function unpacked(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST });
  } catch {
    throw new UnreadableFile('The file cannot be unpacked');
  }
}

function taken(entries: Iterable<FileEntry>, { contentLanguage, feedLabel }: FileMarket): ReadFeed {
  const items = new Map<string, JsonObject>();
  const counts = new Map<string, number>();
  const complain = (title: string): void => void counts.set(title, (counts.get(title) ?? 0) + 1);
  for (const entry of entries) {
    if ('broken' in entry) complain(entry.broken);
    else if (entry.id === '') complain('Missing value [id]');
    else if (items.has(entry.id)) complain('Duplicate value [id]');
    else {
      try {
        const input = { offerId: entry.id, contentLanguage, feedLabel, ...writeListing(entry.listing) };
        checkInput(input, false);
        items.set(entry.id, input);
      } catch (refusal) {
        if (!(refusal instanceof GoogleRefusal)) throw refusal;
        complain(refusal.message);
      }
    }
  }
  const issues = [...counts].map(([title, count]) => issue(codeOf(title), 'ERROR', title, count));
  return { items, issues, readable: true };
}

function codeOf(title: string): string {
  if (title.startsWith('Missing')) return 'missing_id';
  return title.startsWith('Duplicate') ? 'duplicate_id' : 'invalid_value';
}

function issue(code: string, severity: string, title: string, count: number): JsonObject {
  return { code, severity, title, description: title, count: String(count) };
}
