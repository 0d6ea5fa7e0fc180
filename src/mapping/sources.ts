import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { OperatorError } from '../domain/errors.js';
import { LIMITS } from './limits.js';

/** Where the loader gets mapping files and lookup tables from. A failed read is an exception, not a missing file. */
export interface MappingSources {
  /** A mapping by name or path; `default` is the connector's own. Null when there is none of that name. */
  readMapping(name: string, connector: string): { readonly file: string; readonly text: string } | null;
  /** CSV text of a lookup table, or null when there is none. */
  readLookup(name: string): string | null;
  /** Names of tables, for suggestions. */
  lookupNames?(): readonly string[];
}

/**
 * Reads from disk. `packageRoot` holds `mappings/<connector>.yaml` and `mappings/lookups/`; `directory` is the merchant's:
 * its mapping files, and lookup tables in `lookups/` or beside them, which win over ours of the same name.
 */
export function fileSources(folders: {
  readonly packageRoot: string;
  readonly directory: string;
}): MappingSources {
  const own = path.join(folders.packageRoot, 'mappings');
  const lookupFolders = [
    path.join(folders.directory, 'lookups'),
    folders.directory,
    path.join(own, 'lookups'),
  ];
  return {
    readMapping(name, connector) {
      if (name === 'default')
        return isPlainName(connector)
          ? readFirst([path.join(own, `${connector}.yaml`)], folders.packageRoot)
          : null;
      const file = path.resolve(folders.directory, name);
      return readFirst(
        /\.ya?ml$/.test(name) ? [file] : [file, `${file}.yaml`, `${file}.yml`],
        folders.directory,
      );
    },
    readLookup(name) {
      if (!isPlainName(name)) return null;
      return (
        readFirst(
          lookupFolders.map((folder) => path.join(folder, `${name}.csv`)),
          folders.directory,
        )?.text ?? null
      );
    },
    lookupNames() {
      const files = lookupFolders
        .filter((folder) => existsSync(folder))
        .flatMap((folder) => readdirSync(folder));
      return [...new Set(files.filter((file) => file.endsWith('.csv')).map((file) => file.slice(0, -4)))];
    },
  };
}

/** Names from mappings never leave their folders. */
function isPlainName(name: string): boolean {
  return /^[\w-][\w.-]*$/.test(name);
}

function readFirst(files: readonly string[], shownFrom: string): { file: string; text: string } | null {
  const found = files.find((file) => existsSync(file));
  if (found === undefined) return null;
  const shown = path.relative(shownFrom, found);
  return { file: shown.startsWith('..') ? found : shown, text: readFileSync(found, 'utf8') };
}

/** The text of the file with exchange rates. Throws `rates_unreadable`. */
export function ratesText(file: string): string {
  try {
    if (statSync(file).size <= LIMITS.fileCharacters) return readFileSync(file, 'utf8');
  } catch (error) {
    throw unreadable(file, 'cannot be read', error);
  }
  throw unreadable(file, 'are larger than 256 KB');
}

function unreadable(file: string, why: string, cause?: unknown): OperatorError {
  return new OperatorError(
    'rates_unreadable',
    `The exchange rates at ${file} ${why}`,
    'Check `catalog.rates` in omnifeed.yaml. What is live stays live.',
    cause,
  );
}
