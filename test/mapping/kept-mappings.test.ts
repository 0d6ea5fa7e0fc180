import { expect, it } from 'vitest';
import { KeptMappings } from '../../src/mapping/kept-mappings.js';
import type { MappingPlace } from '../../src/mapping/open-mapping.js';
import { CHANNEL, memorySources } from './mapping-fixture.js';

const TEXT = 'connector: shop\nattributes: { gender: \'lookup("gender", product.type)\' }\n';
const place = (
  text: string,
  more: Partial<MappingPlace> = {},
  table = 'key,value\nmen,male\n',
): MappingPlace => ({
  packageRoot: '/nowhere',
  folder: '/nowhere',
  channel: { ...CHANNEL, params: {} },
  schema: undefined,
  sources: memorySources({ default: text }, { gender: table }),
  ...more,
});

it('a mapping is loaded once as long as everything it was made of stays the same', () => {
  const kept = new KeptMappings();
  const first = kept.read(place(TEXT)).mapping;
  expect(first).not.toBeNull();
  expect(kept.read(place(TEXT)).mapping).toBe(first);
  const others = [
    place(`${TEXT}# edited\n`),
    place(TEXT, {}, 'key,value\nmen,m\n'),
    place(TEXT, { channel: { ...CHANNEL, country: 'DE', params: {} } }),
    place(TEXT, { settings: { language: 'de', rates: null } }),
  ];
  for (const other of others) expect(kept.read(other).mapping).not.toBe(first);
  expect(kept.read(place('connector: shop\nattributes: { a: nonsense }\n')).mapping).toBeNull();
});
