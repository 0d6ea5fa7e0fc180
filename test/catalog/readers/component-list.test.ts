import { expect, it } from 'vitest';
import { readComponents } from '../../../src/catalog/readers/component-list.js';
import { Intake } from '../../../src/catalog/readers/intake.js';
import type { RowError } from '../../../src/catalog/readers/reader.js';

function read(value: Parameters<typeof readComponents>[0]): {
  readonly made: unknown;
  readonly said: string[];
} {
  const complaints: RowError[] = [];
  const intake = new Intake({
    source: { id: 'shop' },
    report: (error) => void complaints.push(error),
    signal: new AbortController().signal,
  });
  const made = readComponents(value, intake, { line: 2, key: 'SET', column: 'components' });
  return { made, said: complaints.map(({ code }) => code) };
}

it.each([
  [
    'a text',
    'A=2| B',
    [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ],
  ],
  [
    'a list of texts',
    ['A=2', 'B'],
    [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1 },
    ],
  ],
  ['records', [{ sku: 'A', quantity: 3 }], [{ sku: 'A', quantity: 3 }]],
  ['SKUs that look like numbers', '00012345=1.0', [{ sku: '00012345', quantity: 1 }]],
  ['a SKU with an equals sign', 'A=B=2', [{ sku: 'A=B', quantity: 2 }]],
  ['the same SKU twice', 'A|A=2', [{ sku: 'A', quantity: 3 }]],
  ['nothing', ' ', undefined],
  ['nothing at all', null, undefined],
])('the components of a bundle are read from %s', (_title, value, made) => {
  expect(read(value)).toEqual({ made, said: [] });
});

it.each([['A=0'], ['A=-1'], ['A=1.5'], ['A=x'], ['=2'], ['A|B=99999999'], [[{ quantity: 2 }]], [[['A']]]])(
  'a list with an entry nobody understands (%j) makes a bundle of nothing, and is told',
  (value) => {
    expect(read(value)).toEqual({ made: [], said: ['components_not_understood'] });
  },
);
