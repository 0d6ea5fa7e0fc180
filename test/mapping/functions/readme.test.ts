import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMapping } from '../../../src/mapping/load.js';
import { fileSources } from '../../../src/mapping/sources.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const CONNECTOR = 'connector: google-merchant\n';
const BASE = `${CONNECTOR}attributes:\n  title: product.title\n`;
const RATES =
  'params:\n  rates:\n    type: table\n    columns: { country: text, service: text, fee: money }\n';

const readme = readFileSync(path.join(ROOT, 'mappings/README.md'), 'utf8');
const blocks = [...readme.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

/** A block of the README made into a whole file: it shows a file, its rules or one attribute. */
function wholeMapping(block: string): string {
  if (block.startsWith('connector:')) return block;
  if (block.startsWith('rules:')) return `${CONNECTOR}extends: default\n${block}`;
  return `${CONNECTOR}extends: default\n${RATES}attributes:\n${block.replace(/^(?=.)/gm, '  ')}`;
}

describe('the mappings shown in mappings/README.md', () => {
  it.each(blocks.map((block) => [block.split('\n')[0], block]))('load: %s', (_firstLine, block) => {
    const disk = fileSources({ packageRoot: ROOT, directory: ROOT });
    const { diagnostics } = loadMapping({
      file: 'mine.yaml',
      connector: 'google-merchant',
      channel: {
        id: 'google-us',
        connector: 'google-merchant',
        country: 'US',
        language: 'en',
        currency: 'USD',
        zone: 'America/Chicago',
      },
      sources: {
        ...disk,
        readMapping: (name) =>
          name === 'mine.yaml'
            ? { file: name, text: wholeMapping(block) }
            : { file: 'google-merchant.yaml', text: BASE },
      },
    });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
