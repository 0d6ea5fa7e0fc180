import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { expectSound, itInBrowser as it, openBrowser, picture, watchedPage } from './support/open-browser.js';
import {
  GOOGLE,
  openWorkbenchHouse,
  PAYLOAD,
  PICTURELESS,
  type WorkbenchHouse,
} from './support/open-workbench.js';

let house: WorkbenchHouse;
let browser: Browser;
let editor: BrowserContext;

beforeAll(async () => {
  [house, browser] = await Promise.all([openWorkbenchHouse(), openBrowser()]);
  editor = await house.visitor(browser, 'editor');
  editor.setDefaultTimeout(15_000);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

const address = (rest: string): string => `${house.url}/mappings/${GOOGLE}/${rest}`;

/** The draft as the server has it; null: none. */
async function draftOf(context: BrowserContext): Promise<{ text: string; revision: number } | null> {
  return (await (await context.request.get(`${house.url}/api/v1/mappings/${GOOGLE}`)).json()).draft;
}

async function putDraft(context: BrowserContext, text: string, revision: number): Promise<void> {
  const headers = { 'x-omnifeed-console': '1', origin: house.url, 'if-match': `"${revision}"` };
  const answer = await context.request.put(`${house.url}/api/v1/mappings/${GOOGLE}/draft`, {
    headers,
    data: { text },
  });
  expect(answer.status()).toBe(200);
}

async function dropDraft(context: BrowserContext): Promise<void> {
  const headers = { 'x-omnifeed-console': '1', origin: house.url };
  await context.request.delete(`${house.url}/api/v1/mappings/${GOOGLE}/draft`, { headers });
}

const OWN = 'connector: google-merchant\nextends: default\n';
const RULED = `${OWN}rules:
  # Margin is thin on these.
  - name: Thin margin
    when: variant.price < price("50.00 USD")
    set: { custom_label_0: '"thin"' }
  - name: Brass
    when: contains(product.description, "brass")
    set:
      custom_label_1: '"brass"'   # of the foot
`;

/** Chooses in a combo box: by what is typed, as a person does. */
async function choose(page: Page, label: string, text: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label }).last();
  await box.fill(text);
  await box.press('ArrowDown');
  await box.press('Enter');
  await box.press('Tab');
}

// One day at the desk, in its order: what an earlier step published is what a later one compares with.
describe('the mapping workbench', { shuffle: false }, () => {
  it('mends a blocked listing: attribute, live preview, impact, publish, and the channel shows it', {
    timeout: 120_000,
  }, async () => {
    expect(house.shown().has(PICTURELESS)).toBe(false);
    const watched = await watchedPage(editor, house.url);
    const { page } = watched;
    await page.goto(`${house.url}/listings?state=blocked`);
    await page.getByRole('link', { name: 'Fix in the mapping' }).first().click();
    await page.getByRole('heading', { name: `Mapping for ${GOOGLE}` }).waitFor();
    const preview = page.getByRole('complementary', { name: 'Preview' });
    await preview.getByText('Would be blocked: it has errors').waitFor();
    await page.getByRole('button', { name: /Where the value comes from/ }).click();
    await page.getByRole('option', { name: 'first that is filled' }).click();
    await page.getByRole('button', { name: 'Add part' }).click();
    await choose(page, 'Field', 'photo');
    await preview.getByText('Is listed').waitFor();
    await preview.getByText('https://shop.example/photo.jpg').first().waitFor();
    const strip = page.getByRole('region', { name: 'Impact' });
    await strip.getByRole('link', { name: '1 fixed' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Download as CSV' }).waitFor();
    await picture(page, 'mapping-journey-impact');
    await expectSound(watched);
    await page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog', { name: `Publish the mapping of ${GOOGLE}` });
    await dialog.getByLabel('What changes, and why').fill('pictures are in their own attribute');
    await picture(page, 'mapping-journey-publish');
    await dialog.getByRole('button', { name: /^Publish version 1 and plan/ }).click();
    await page.getByText('Version 1 is published. Listings are worked out again now.').waitFor();
    await house.nextRound();
    expect(house.shown().get(PICTURELESS)).toMatchObject({ image_link: 'https://shop.example/photo.jpg' });
    expect(watched.misdeeds).toEqual([]);
    await page.close();
  });

  it('says where a text breaks, offers the correction, and the form then changes its own place alone', {
    timeout: 120_000,
  }, async () => {
    await dropDraft(editor);
    await putDraft(editor, RULED.replace('variant.price <', 'variant.prise <'), 0);
    const watched = await watchedPage(editor, house.url);
    const { page } = watched;
    await page.goto(address('code'));
    await page.getByText('there is no field "prise" here').first().waitFor();
    await page
      .getByText('Showing the version before line')
      .or(page.getByText('Line 6 has an error'))
      .first()
      .waitFor();
    expect(await page.locator('.cm-lintRange-error').textContent()).toBe('prise');
    await expectSound(watched);
    await page.getByRole('textbox', { name: 'Mapping as text' }).focus();
    await page.keyboard.press('F8');
    await page.keyboard.press('Control+.');
    await page.getByText('The text is in order.').waitFor();
    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await page.getByRole('button', { name: 'More for “Thin margin”' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await picture(page, 'mapping-rule-open');
    await expectSound(watched);
    const value = page
      .getByRole('article', { name: 'Thin margin' })
      .getByRole('combobox', { name: 'Value' })
      .last();
    await value.fill('slim');
    await value.press('Tab');
    await expect.poll(async () => (await draftOf(editor))?.text).toBe(RULED.replace('"thin"', '"slim"'));
    await page.getByRole('button', { name: 'More for “Brass”' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: /Brass/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await page.getByRole('heading', { name: /Brass/ }).waitFor();
    await page.getByRole('article', { name: 'Brass' }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByRole('heading', { name: /1\s*Brass/ }).waitFor();
    await page.keyboard.press('Control+s');
    await expect
      .poll(async () => (await draftOf(editor))?.text)
      .toMatch(/rules:\n {2}- name: Brass[\s\S]*# of the foot\n {2}# Margin is thin/);
    expect(watched.misdeeds).toEqual([]);
    await page.close();
  });

  it('never saves over somebody else’s newer draft: both texts are shown, and what is chosen is kept', {
    timeout: 120_000,
  }, async () => {
    await dropDraft(editor);
    await putDraft(editor, RULED, 0);
    const { page, misdeeds } = await watchedPage(editor, house.url);
    await page.goto(address('rules'));
    await page.getByRole('button', { name: 'More for “Brass”' }).waitFor();
    const theirs = RULED.replace('"brass"\'', '"of brass"\'');
    await putDraft(editor, theirs, (await draftOf(editor))?.revision ?? 0);
    await page.getByRole('button', { name: 'More for “Thin margin”' }).click();
    await page.getByRole('menuitem', { name: 'Switch off' }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved this draft' });
    await dialog.getByRole('textbox', { name: 'Theirs' }).waitFor();
    expect((await draftOf(editor))?.text).toBe(theirs);
    await picture(page, 'mapping-moved');
    await dialog.getByRole('button', { name: 'Save yours' }).click();
    await expect.poll(async () => (await draftOf(editor))?.text).toContain('off: true');
    expect(misdeeds.splice(0).filter((what) => !/412/.test(what))).toEqual([]);
    await page.close();
  });

  it('holds a draft that takes too much away until an approver releases exactly these numbers, and takes it back by its version', {
    timeout: 120_000,
  }, async () => {
    await dropDraft(editor);
    await putDraft(
      editor,
      `${OWN}select: { never: product.id == "nothing" }\n`.replace(
        'product.id == "nothing"',
        '\'product.id == "nothing"\'',
      ),
      0,
    );
    const first = await watchedPage(editor, house.url);
    await first.page.goto(address('impact?tab=vanishes'));
    await first.page.getByText('An approver has to release it.').first().waitFor();
    await first.page.getByRole('button', { name: 'Publish…' }).click();
    await first.page.getByLabel('What changes, and why').fill('nothing is sold here');
    expect(
      await first.page.getByRole('button', { name: /^Publish version 2/ }).getAttribute('aria-disabled'),
    ).toBe('true');
    await first.page.close();
    const approver = await house.visitor(browser, 'approver');
    const { page, misdeeds } = await watchedPage(approver, house.url);
    await page.goto(address('impact'));
    await page.getByRole('button', { name: 'Publish…' }).click();
    await page.getByLabel('What changes, and why').fill('nothing is sold here');
    await page.getByText(/Release exactly these numbers/).click();
    await page.getByRole('button', { name: /^Publish version 2/ }).click();
    await page.getByText('Version 2 is published.').waitFor();
    await page.goto(address('versions?version=1'));
    await page.getByRole('button', { name: 'Restore version 1 as the draft' }).click();
    await expect.poll(async () => (await draftOf(editor))?.text).toContain('product.attributes.photo');
    await page.getByText('The draft says the same.').waitFor();
    expect(misdeeds).toEqual([]);
    await approver.close();
  });

  it('shows markup of a title as text in the preview, and walks products with the keyboard', {
    timeout: 60_000,
  }, async () => {
    await dropDraft(editor);
    await putDraft(editor, `${OWN}# seen whole\n`, 0);
    const watched = await watchedPage(editor, house.url);
    const { page } = watched;
    await page.goto(address('rules?pick=all&sku=LAMP-PAYLOAD'));
    const preview = page.getByRole('complementary', { name: 'Preview' });
    const folded = preview.getByRole('button', { name: /attributes? as before/ });
    await folded
      .or(preview.getByText('price', { exact: true }))
      .first()
      .waitFor();
    if (await folded.isVisible()) await folded.click();
    await preview.getByText(PAYLOAD.slice(0, 12), { exact: false }).first().waitFor();
    expect(await preview.locator('img, script').count()).toBe(0);
    expect(await page.title()).toBe(`Rules · ${GOOGLE} · Mappings · Omnifeed`);
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press(']');
    await page.waitForURL(/sku=LAMP-(?!PAYLOAD)/);
    await page.keyboard.press('f');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search');
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/impact/);
    await expectSound(watched);
    await page.close();
  });

  it('lets whoever may only look, look: nothing can be changed, and the reason is said', {
    timeout: 60_000,
  }, async () => {
    const viewer = await house.visitor(browser, 'viewer');
    const { page, misdeeds } = await watchedPage(viewer, house.url);
    await page.goto(address('rules'));
    const add = page.getByRole('button', { name: 'Add rule' });
    await add.waitFor();
    expect(await add.getAttribute('aria-disabled')).toBe('true');
    await page.goto(address('code'));
    await page.locator('.cm-content').waitFor();
    await page.locator('.cm-content').focus();
    await page.keyboard.type('x');
    expect(await page.locator('.cm-content').textContent()).not.toContain('x'.repeat(2));
    expect(misdeeds).toEqual([]);
    await viewer.close();
  });

  it('keeps a product as a test and runs it on the draft', { timeout: 60_000 }, async () => {
    const { page, misdeeds } = await watchedPage(editor, house.url);
    await dropDraft(editor);
    await putDraft(editor, `${OWN}# seen whole\n`, 0);
    await page.goto(address('tests?pick=all&sku=LAMP-01'));
    await page.getByText('No tests yet').waitFor();
    await page.getByRole('button', { name: 'Keep this product as a test' }).click();
    await page.getByText('1 pass, 0 fail').waitFor();
    await dropDraft(editor);
    await putDraft(editor, `${OWN}attributes: { mpn: '"Another"' }\n`, 0);
    await page.reload();
    await page.getByText('0 pass, 1 fail').waitFor();
    await picture(page, 'mapping-tests-failing');
    await page.getByRole('button', { name: 'Accept new value' }).first().click();
    await page.getByText('1 pass, 0 fail').waitFor();
    expect(misdeeds).toEqual([]);
    await page.close();
  });

  it('takes a block of cells from a spreadsheet into a lookup table, shows what changes and saves it', {
    timeout: 60_000,
  }, async () => {
    const watched = await watchedPage(editor, house.url);
    const { page } = watched;
    await page.goto(`${house.url}/mappings/lookups/gender?channel=${GOOGLE}`);
    await page.getByRole('button', { name: 'Add row' }).click();
    const cell = page.locator('input[data-row="0"][data-column="0"]');
    await cell.focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'xa\tmale\nxb\tfemale\n');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await page.getByRole('button', { name: 'Review changes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save the table?' });
    await dialog.getByText(/^2 new/).waitFor();
    await picture(page, 'lookup-review');
    await dialog.getByRole('button', { name: /^Save/ }).click();
    await page.getByText('Version 1, your own.').waitFor();
    await expectSound(watched);
    const sheet = await (
      await editor.request.get(`${house.url}/api/v1/mappings/${GOOGLE}/lookups/gender`)
    ).json();
    expect(sheet.csv).toContain('xa,male');
    await page.close();
  });

  it('suggests categories from the channel’s own list and takes them over at once', {
    timeout: 60_000,
  }, async () => {
    const watched = await watchedPage(editor, house.url);
    const { page } = watched;
    await page.goto(`${house.url}/mappings/categories/${GOOGLE}`);
    await page.getByText('The channel’s list of categories is not here yet').waitFor();
    watched.misdeeds.splice(0); // the browser counts the answer "not here yet" among its errors
    await page.locator('input[type="file"]').setInputFiles({
      name: 'taxonomy-with-ids.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(
        '# Google_Product_Taxonomy_Version: 2021-09-21\n536 - Home & Garden\n594 - Home & Garden > Lighting\n4636 - Home & Garden > Lighting > Lamps\n1 - Animals & Pet Supplies\n',
      ),
    });
    await page.getByText(/of your products have a category of the channel/).waitFor();
    await page.getByRole('button', { name: /Confidence/ }).click();
    await page.getByRole('option', { name: 'From 50% on' }).click();
    await picture(page, 'categories-suggested');
    await expectSound(watched);
    await page.close();
  });
});
