import { existsSync } from 'node:fs';
import path from 'node:path';

/** A text of the merchant's that is kept in versions: a mapping, its tests, a lookup table. */
export interface Document {
  /** Path below the merchant's folder, with slashes, or `channel/<id>.yaml` for what has no file. */
  readonly name: string;
  /** Absolute path of its file; null: it is kept in the database only. Where there is a file, the file is the truth. */
  readonly file: string | null;
}

/** Where a channel's mapping and what belongs to it are. */
export interface MappingHome {
  readonly channel: string;
  readonly mapping: Document;
  readonly tests: Document;
  /** Folder of the merchant's that the mapping's base and its lookup tables are looked for in. */
  readonly directory: string;
  /** The merchant's folder. */
  readonly folder: string;
}

/**
 * Where a channel's mapping lives: in the file that the configuration names, else in the database, where the console put it. Its
 * tests are in a file beside it, `google.test.yaml` for `google.yaml`.
 */
export function mappingHome(
  folder: string,
  channel: { readonly id: string; readonly mapping?: string },
): MappingHome {
  const { id, mapping: file } = channel;
  if (file === undefined) {
    return {
      channel: id,
      mapping: { name: `channel/${id}.yaml`, file: null },
      tests: { name: `channel/${id}.test.yaml`, file: null },
      directory: folder,
      folder,
    };
  }
  const tests = file.replace(/(\.ya?ml)?$/, '.test.yaml');
  return {
    channel: id,
    mapping: { name: nameOf(folder, file), file },
    tests: { name: nameOf(folder, tests), file: tests },
    directory: path.dirname(file),
    folder,
  };
}

/** A lookup table: the merchant's file where there is one, else kept in the database. Names never leave their folders. */
export function lookupDocument(home: Pick<MappingHome, 'directory' | 'folder'>, name: string): Document {
  const files = lookupFiles(home.directory, name);
  const file = files.find((candidate) => existsSync(candidate)) ?? null;
  return { name: nameOf(home.folder, file ?? files[0] ?? name), file };
}

/** Where a merchant's lookup table may be, the first that exists counts. */
function lookupFiles(directory: string, name: string): readonly string[] {
  return [path.join(directory, 'lookups', `${name}.csv`), path.join(directory, `${name}.csv`)];
}

/** The name of a lookup table, as mappings call it; null: the document is none. */
export function lookupNameOf(
  home: Pick<MappingHome, 'directory' | 'folder'>,
  document: string,
): string | null {
  const prefix = nameOf(home.folder, path.join(home.directory, 'lookups'));
  const name = document.startsWith(`${prefix}/`) ? document.slice(prefix.length + 1) : '';
  return /^[\w-][\w.-]*\.csv$/.test(name) ? name.slice(0, -4) : null;
}

function nameOf(folder: string, file: string): string {
  return path.relative(folder, file).split(path.sep).join('/');
}
