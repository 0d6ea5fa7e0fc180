import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.js';
import { CONFIG_SCHEMA } from '../../src/config/config-schema.js';
import { MAPPING_FILE_SCHEMA } from '../../src/mapping/file-schema.js';

// The program compiles them without looking whether they are schemas; here somebody looks.
describe('a schema that is compiled at every start is one', () => {
  it('for the configuration', () => {
    const judge = new Ajv2020();
    judge.validateSchema(CONFIG_SCHEMA);
    expect(judge.errors ?? []).toEqual([]);
  });

  it('for mapping files', () => {
    const judge = new Ajv();
    judge.validateSchema(MAPPING_FILE_SCHEMA);
    expect(judge.errors ?? []).toEqual([]);
  });

  it.each(connectors.map(({ id, settingsSchema }) => [id, settingsSchema] as const))(
    'for the settings of %s',
    (_id, { $schema: _dialect, ...schema }) => {
      const judge = new Ajv2020();
      judge.validateSchema(schema);
      expect(judge.errors ?? []).toEqual([]);
    },
  );
});
