import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Definition, DefinitionPort } from '../../src/channel/definition-port.js';
import { migrate } from '../../src/db/migrate.js';
import { ChannelError } from '../../src/domain/errors.js';
import { type Instant, plusMs } from '../../src/domain/instant.js';
import { type DefinitionParts, definitionsOf, refreshDefinitions } from '../../src/sync/definitions.js';
import { onEachDatabase, type TestDatabase } from '../support/databases.js';

const DAY = 24 * 3_600_000;

onEachDatabase('definitions of a channel', (open) => {
  let test: TestDatabase;
  let now: Instant;
  let parts: DefinitionParts;
  /** What the channel defines at the moment, and what it was asked. */
  const defined = new Map<string, Definition>();
  const asked: string[] = [];
  const port: DefinitionPort = {
    fetch(name, checksum) {
      asked.push(`${name} ${checksum ?? 'new'}`);
      const definition = defined.get(name);
      if (!definition) return Promise.reject(lost());
      return Promise.resolve(definition.checksum === checksum ? null : definition);
    },
  };
  const lost = () =>
    new ChannelError('no answer', { code: 'gone', kind: 'ambiguous', owner: 'channel', advice: 'Wait.' });
  const signal = new AbortController().signal;

  beforeEach(async () => {
    test = await open();
    await migrate(test.database);
    now = '2026-11-25T00:00:00.000Z' as Instant;
    const clock = { now: () => now, monotonicMs: () => 0 };
    parts = { database: test.database, channel: 'amazon-us', port, clock };
    defined.clear();
    asked.length = 0;
    defined.set('SHIRT', { checksum: 'one', schema: { type: 'object', required: ['size'] } });
  });
  afterEach(() => test.dispose());

  it('are fetched once and kept, for every later look and every process', async () => {
    expect(await (await definitionsOf(parts)).schemaOf('SHIRT')).toEqual({
      type: 'object',
      required: ['size'],
    });
    expect(await (await definitionsOf(parts)).schemaOf('SHIRT')).toEqual({
      type: 'object',
      required: ['size'],
    });
    expect(asked).toEqual(['SHIRT new']);
  });

  it('are used although the channel cannot be asked, when they are kept; else the failure is told', async () => {
    await (await definitionsOf(parts)).schemaOf('SHIRT');
    defined.clear();
    now = plusMs(now, 30 * DAY);
    expect(await (await definitionsOf(parts)).schemaOf('SHIRT')).toMatchObject({ required: ['size'] });
    await expect((await definitionsOf(parts)).schemaOf('COAT')).rejects.toMatchObject({ code: 'gone' });
  });

  it('are asked for again a day later; the same checksum changes nothing', async () => {
    const before = await definitionsOf(parts);
    await before.schemaOf('SHIRT');
    expect(await refreshDefinitions(parts, signal)).toEqual({ checked: 0, replaced: [] });
    now = plusMs(now, DAY);
    expect(await refreshDefinitions(parts, signal)).toEqual({ checked: 1, replaced: [] });
    expect(asked).toEqual(['SHIRT new', 'SHIRT one']);
    expect(await refreshDefinitions(parts, signal)).toEqual({ checked: 0, replaced: [] });
    expect((await definitionsOf(parts)).revision).toBe(before.revision);
  });

  it('are replaced when they changed, and every listing is due for another look', async () => {
    const before = await definitionsOf(parts);
    await before.schemaOf('SHIRT');
    defined.set('SHIRT', { checksum: 'two', schema: { type: 'object', required: ['size', 'color'] } });
    now = plusMs(now, DAY);
    expect(await refreshDefinitions(parts, signal)).toEqual({ checked: 1, replaced: ['SHIRT'] });
    const after = await definitionsOf(parts);
    expect(await after.schemaOf('SHIRT')).toMatchObject({ required: ['size', 'color'] });
    expect(after.revision).toBe(before.revision + 1);
  });

  it('stay as they are when a refresh fails half way, and the rest is asked for next time', async () => {
    defined.set('COAT', { checksum: 'c', schema: {} });
    const definitions = await definitionsOf(parts);
    await definitions.schemaOf('COAT');
    await definitions.schemaOf('SHIRT');
    now = plusMs(now, DAY);
    const shirt = defined.get('SHIRT');
    defined.delete('SHIRT');
    await expect(refreshDefinitions(parts, signal)).rejects.toMatchObject({ code: 'gone' });
    if (shirt) defined.set('SHIRT', shirt);
    expect(await refreshDefinitions(parts, signal)).toEqual({ checked: 1, replaced: [] });
  });

  it('are asked for although one before them can never be had, which is told', async () => {
    defined.set('COAT', { checksum: 'c', schema: {} });
    const definitions = await definitionsOf(parts);
    await definitions.schemaOf('COAT');
    await definitions.schemaOf('SHIRT');
    now = plusMs(now, DAY);
    defined.delete('COAT');
    defined.set('SHIRT', { checksum: 'two', schema: { type: 'object', required: ['color'] } });
    await expect(refreshDefinitions(parts, signal)).rejects.toMatchObject({ code: 'gone' });
    expect(await (await definitionsOf(parts)).schemaOf('SHIRT')).toMatchObject({ required: ['color'] });
    expect(await (await definitionsOf(parts)).schemaOf('COAT')).toEqual({});
  });
});
