import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '../../domain/errors.js';

/** What was written, relative to the repository. */
export interface Scaffolded {
  readonly id: string;
  readonly files: readonly string[];
}

/**
 * Writes a working connector into a checkout: its folder, its default mapping, its line in `connectors/index.ts`. Nothing that
 * exists is overwritten. Throws `bad_connector_name`, `connector_exists` or `no_checkout`.
 */
export async function scaffoldConnector(root: string, id: string): Promise<Scaffolded> {
  const names = namesOf(id);
  const templates = path.join(root, 'src/cli/scaffold/connector');
  const folder = path.join(root, 'connectors', id);
  const mapping = path.join(root, 'mappings', `${id}.yaml`);
  if (!existsSync(templates)) {
    throw new OperatorError(
      'no_checkout',
      `${root} is no checkout of Omnifeed's sources`,
      'Clone the repository and run `npm run new:connector -- NAME` there.',
    );
  }
  if (existsSync(folder) || existsSync(mapping)) {
    throw new OperatorError(
      'connector_exists',
      `There is a connector or a mapping ${id} already`,
      'Choose another name.',
    );
  }
  const files: string[] = [];
  for (const entry of await readdir(templates, { recursive: true })) {
    if (!entry.endsWith('.template')) continue;
    const name = entry.slice(0, -'.template'.length);
    const target = name === 'mapping.yaml' ? mapping : path.join(folder, name);
    const text = await readFile(path.join(templates, entry), 'utf8');
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, filled(text, names), { flag: 'wx' });
    files.push(path.relative(root, target));
  }
  await addLine(path.join(root, 'connectors/index.ts'), names);
  const written = [...files.sort(), 'connectors/index.ts'];
  await format(root, written);
  return { id, files: written };
}

interface Names {
  readonly id: string;
  /** `acmeMarket` */
  readonly name: string;
  /** `AcmeMarket` */
  readonly typeName: string;
  /** `Acme Market` */
  readonly title: string;
}

function namesOf(id: string): Names {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40) {
    throw new OperatorError(
      'bad_connector_name',
      `"${id}" cannot be the name of a connector`,
      'Use small letters, digits and single dashes, such as acme-market.',
    );
  }
  const words = id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const typeName = words.join('');
  return { id, name: typeName.charAt(0).toLowerCase() + typeName.slice(1), typeName, title: words.join(' ') };
}

function filled(text: string, names: Names): string {
  return text
    .replaceAll('__id__', names.id)
    .replaceAll('__name__', names.name)
    .replaceAll('__Name__', names.typeName)
    .replaceAll('__title__', names.title);
}

const IMPORT = /^import \{ \w+ \} from '\.\/[a-z0-9-]+\/index\.js';$/m;
const LIST = /(export const connectors: readonly Connector\[\] = \[)([\s\S]*?)(\];)/;

/** Adds the import and the entry; the formatter puts them in order. */
async function addLine(file: string, names: Names): Promise<void> {
  const text = await readFile(file, 'utf8');
  const start = text.search(IMPORT);
  const line = `import { ${names.name} } from './${names.id}/index.js';\n`;
  const withImport = text.slice(0, start) + line + text.slice(start);
  await writeFile(
    file,
    withImport.replace(LIST, (_whole, head: string, list: string, tail: string) => {
      const entries = [...list.split(',').flatMap((entry) => entry.trim() || []), names.name];
      return head + entries.join(', ') + tail;
    }),
  );
}

/** Where lines break depends on the length of the name, so the house's own formatter has the last word. */
async function format(root: string, files: readonly string[]): Promise<void> {
  const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome');
  try {
    await promisify(execFile)(
      process.execPath,
      [biome, 'check', '--write', '--vcs-enabled=false', ...files],
      { cwd: root },
    );
  } catch (cause) {
    throw new OperatorError(
      'formatter_failed',
      'The connector is written, but the formatter could not be run on it',
      'Run `npm ci`, then `npm run format`.',
      cause,
    );
  }
}
