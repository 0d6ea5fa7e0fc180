import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionReference, withReference } from '../../../src/mapping/functions/reference.js';
import { FUNCTIONS } from '../../../src/mapping/functions/table.js';

const README = path.resolve(import.meta.dirname, '../../../mappings/README.md');

describe('the documentation of the functions', () => {
  it('has one row per function with all its signatures and its example', () => {
    const rows = functionReference()
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength(FUNCTIONS.length);
    for (const { signatures } of FUNCTIONS) {
      for (const signature of signatures) {
        expect(
          rows.filter((row) => row.includes(`\`${signature}\``)),
          signature,
        ).toHaveLength(1);
      }
    }
  });

  it('gives every row of a table three cells', () => {
    for (const line of functionReference().split('\n')) {
      if (line.startsWith('|')) expect(line.split(/(?<!\\)\|/), line).toHaveLength(5);
    }
  });

  it('stands in mappings/README.md as the table is now (else: npm run build, write-reference)', () => {
    const readme = readFileSync(README, 'utf8');
    expect(withReference(readme)).toBe(readme);
  });

  it('refuses a README whose marks are gone', () => {
    expect(() => withReference('# Mappings')).toThrow('the README needs the lines');
  });
});
