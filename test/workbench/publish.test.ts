import { readFile } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import { explainOnChannel } from '../../src/sync/explain-channel.js';
import { askForPublication, readDraft, saveDraft } from '../../src/workbench/drafts.js';
import { failingTests } from '../../src/workbench/mapping-tests.js';
import { draftImpact, publishDraft, startingText } from '../../src/workbench/publish.js';
import { currentText, versionsOf, versionText } from '../../src/workbench/versions.js';
import { onEachDatabase } from '../support/databases.js';
import { lampsIn, type TestHouse, testHouse } from './house.js';

const OWN = 'connector: feed-file\nextends: default\n';

onEachDatabase('publishing a mapping', (open) => {
  let house: TestHouse;
  afterEach(() => house.close());

  const save = async (text: string, by = 'ann') => {
    const desk = await house.app.mappingDesk('feed');
    const { base } = await startingText(desk);
    const known = await readDraft(desk.database, desk.home.mapping.name);
    return saveDraft(desk.database, desk.home.mapping.name, {
      text,
      base,
      expected: known?.revision ?? 0,
      author: by,
      at: house.clock.now(),
    });
  };
  const publish = async (
    more: { comment?: string; checksum?: string; despiteTests?: true; by?: string } = {},
  ) => {
    const desk = await house.app.mappingDesk('feed');
    const draft = await readDraft(desk.database, desk.home.mapping.name);
    return publishDraft(
      desk,
      { by: 'ann', comment: 'shorter', revision: draft?.revision ?? 0, ...more },
      failingTests,
    );
  };
  const titleOf = async (sku: string) =>
    (await explainOnChannel(await house.app.desk('feed'), sku)).attributes.find(
      ({ name }) => name === 'title',
    )?.value;

  it('keeps the mapping of a channel without a file in the database, where every desk finds it', async () => {
    house = await testHouse(await open());
    await lampsIn(house, 3);
    expect(await titleOf('L-0001')).toBe('Bolt Lamp, number 1');
    await save(`${OWN}attributes: { title: product.id }\n`);
    expect(await titleOf('L-0001')).toBe('Bolt Lamp, number 1');
    expect(await publish({ comment: '' })).toMatchObject({
      version: 1,
      impact: { totals: { changed: 3 } },
    });
    expect(await titleOf('L-0001')).toBe('lamp-1');
    await save(`${OWN}attributes: { title: product.brand }\n`);
    await expect(publish({ comment: ' ' })).rejects.toMatchObject({ code: 'comment_missing' });
    expect(await publish({ comment: 'brands only' })).toMatchObject({ version: 2 });
    const desk = await house.app.mappingDesk('feed');
    expect(await versionsOf(desk.database, 'channel/feed.yaml', 10)).toMatchObject([
      { number: 2, author: 'ann', comment: 'brands only', impact: { changed: 3 } },
      { number: 1, author: 'ann', comment: 'first version' },
    ]);
    expect(await versionText(desk.database, 'channel/feed.yaml', 1)).toContain('product.id');
    expect(await readDraft(desk.database, 'channel/feed.yaml')).toBeNull();
  });

  it('writes the file where there is one, and makes a version of what was edited in the folder', async () => {
    house = await testHouse(await open(), { mapping: 'own.yaml', files: { 'own.yaml': OWN } });
    await lampsIn(house, 3);
    await save(`${OWN}# kept\nattributes: { title: product.id }\n`);
    await publish();
    expect(await readFile(house.file('own.yaml'), 'utf8')).toBe(
      `${OWN}# kept\nattributes: { title: product.id }\n`,
    );
    await house.write('own.yaml', `${OWN}attributes: { title: product.brand }\n`);
    const desk = await house.app.mappingDesk('feed');
    await currentText(desk.database, desk.home.mapping, house.clock.now());
    expect(
      (await versionsOf(desk.database, 'own.yaml', 10)).map(({ number, author }) => [number, author]),
    ).toEqual([
      [3, 'file'],
      [2, 'ann'],
      [1, 'file'],
    ]);
  });

  it('refuses a draft whose base was edited meanwhile, until somebody has looked', async () => {
    house = await testHouse(await open(), { mapping: 'own.yaml', files: { 'own.yaml': OWN } });
    await lampsIn(house, 1);
    await save(`${OWN}attributes: { title: product.id }\n`);
    await house.write('own.yaml', `${OWN}attributes: { color: product.brand }\n`);
    await expect(publish()).rejects.toMatchObject({ code: 'base_moved' });
    await save(`${OWN}attributes: { title: product.id, color: product.brand }\n`);
    expect(await publish()).toMatchObject({ version: 3 });
  });

  it('refuses to save over a newer revision', async () => {
    house = await testHouse(await open());
    await save(`${OWN}# one\n`);
    const desk = await house.app.mappingDesk('feed');
    const late = { text: OWN, base: 0, expected: 0, author: 'bob', at: house.clock.now() };
    await expect(saveDraft(desk.database, 'channel/feed.yaml', late)).rejects.toMatchObject({
      code: 'draft_moved',
      message: expect.stringContaining('ann saved revision 1'),
    });
  });

  it('holds a draft that would make many listings vanish, and releases exactly the numbers that were seen', async () => {
    house = await testHouse(await open());
    await lampsIn(house, 12);
    const text = `${OWN}select: { acme only: 'product.brand == "Acme"' }\n`;
    await save(text);
    await expect(publish()).rejects.toMatchObject({
      code: 'publication_held',
      message: expect.stringContaining('6 of 12 listings would vanish'),
    });
    const { checksum } = await draftImpact(await house.app.mappingDesk('feed'), text);
    await lampsIn(house, 14);
    await expect(publish({ checksum })).rejects.toMatchObject({
      code: 'publication_held',
      message: expect.stringContaining('7 of 14'),
    });
    const seen = await draftImpact(await house.app.mappingDesk('feed'), text);
    expect(await publish({ checksum: seen.checksum })).toMatchObject({ version: 1 });
  });

  it('changes nothing for a draft with errors, or with failing tests unless somebody who may says so', async () => {
    house = await testHouse(await open(), {
      mapping: 'own.yaml',
      files: {
        'own.yaml': OWN,
        'own.test.yaml': `mapping: own.yaml
tests:
  - name: brand first
    given:
      product: { title: Lamp, brand: Acme }
      variant: { sku: W-1, price: 45.00 USD }
    expect: { title: Acme Lamp }
`,
      },
    });
    await lampsIn(house, 1);
    await save(`${OWN}attributes: { title: product.titel }\n`);
    await expect(publish()).rejects.toMatchObject({ code: 'mapping_has_errors' });
    await save(`${OWN}attributes: { title: product.title }\n`);
    await expect(publish()).rejects.toMatchObject({
      code: 'tests_fail',
      message: expect.stringContaining('title: expected Acme Lamp, got Lamp'),
    });
    expect(await readFile(house.file('own.yaml'), 'utf8')).toBe(OWN);
    expect(await publish({ despiteTests: true, comment: 'no brand any more' })).toMatchObject({ version: 2 });
  });

  it('names who asked for it and who let it through', async () => {
    house = await testHouse(await open());
    await lampsIn(house, 1);
    const revision = await save(`${OWN}attributes: { title: product.id }\n`);
    const { database } = house.app;
    await askForPublication(database, 'channel/feed.yaml', { revision, by: 'ann', comment: 'please' });
    await publish({ by: 'zoe' });
    expect(await versionsOf(database, 'channel/feed.yaml', 1)).toMatchObject([
      { author: 'ann', approvedBy: 'zoe' },
    ]);
  });
});
