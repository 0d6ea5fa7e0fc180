import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealer } from '../../src/channel/credentials.js';
import { dataKey, newKeyText } from '../../src/config/key.js';

describe('the data key', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-test-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('comes from the environment first, else from the file, in base64 or hexadecimal', async () => {
    const file = path.join(folder, 'omnifeed.key');
    const text = newKeyText();
    await writeFile(file, `${text}\n`);
    const key = Buffer.from(text, 'base64');
    expect(await dataKey(file, {})).toEqual(key);
    const other = Buffer.from(newKeyText(), 'base64');
    expect(await dataKey(file, { OMNIFEED_KEY: other.toString('hex') })).toEqual(other);
  });

  it.each(['short', 'a'.repeat(64), Buffer.alloc(32).toString('base64'), 'päßwörter sind keine Schlüssel'])(
    'refuses the weak key %s',
    async (weak) => {
      await expect(dataKey('/nowhere', { OMNIFEED_KEY: weak })).rejects.toMatchObject({ code: 'key_weak' });
    },
  );

  it('says that there is none', async () => {
    await expect(dataKey(path.join(folder, 'none'), {})).rejects.toMatchObject({ code: 'key_missing' });
  });
});

describe('sealing', () => {
  const key = Buffer.from(newKeyText(), 'base64');

  it('opens what it sealed, and never seals the same twice', () => {
    const house = sealer(key);
    const sealed = house.seal('Ada Lovelace, Straße 1', 'order_pii:1');
    expect(sealed).not.toContain('Ada');
    expect(house.open(sealed, 'order_pii:1')).toBe('Ada Lovelace, Straße 1');
    expect(house.seal('Ada Lovelace, Straße 1', 'order_pii:1')).not.toBe(sealed);
    expect(house.open(house.seal('', 'x'), 'x')).toBe('');
  });

  it('does not open a value that was moved to another row, changed or cut', () => {
    const house = sealer(key);
    const sealed = house.seal('secret', 'order_pii:1');
    expect(() => house.open(sealed, 'order_pii:2')).toThrow(
      expect.objectContaining({ code: 'sealed_damaged' }),
    );
    for (let at = sealed.lastIndexOf('.') + 1; at < sealed.length - 1; at += 3) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => house.open(changed, 'order_pii:1')).toThrow();
      expect(() => house.open(sealed.slice(0, at), 'order_pii:1')).toThrow();
    }
    expect(() => house.open('', 'x')).toThrow(expect.objectContaining({ code: 'sealed_damaged' }));
  });

  it('opens with an older key after a change, and names a key it does not have', () => {
    const next = Buffer.from(newKeyText(), 'base64');
    const sealed = sealer(key).seal('secret', 'a');
    expect(sealer(next, [key]).open(sealed, 'a')).toBe('secret');
    expect(() => sealer(next).open(sealed, 'a')).toThrow(
      expect.objectContaining({ code: 'sealed_with_other_key' }),
    );
    expect(() => sealer(Buffer.alloc(16))).toThrow(expect.objectContaining({ code: 'key_weak' }));
  });
});
