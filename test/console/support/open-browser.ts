import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { browserIsMissing, CHROMIUM } from '../../support/say-no-browser.js';

/** How a page is looked at. */
export interface View {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  readonly direction?: 'rtl';
}

/** Every page is seen in these. */
export const VIEWS: readonly View[] = [
  { name: 'light', width: 1366, height: 860, theme: 'light' },
  { name: 'dark', width: 1366, height: 860, theme: 'dark' },
  { name: 'pocket', width: 380, height: 780, theme: 'light' },
  { name: 'rtl', width: 1366, height: 860, theme: 'light', direction: 'rtl' },
];

const ARTIFACTS = path.resolve(import.meta.dirname, '../../artifacts');
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A test that needs a browser: skipped where there is none, which is said once; with CI set it fails instead. */
export const itInBrowser = it.skipIf(browserIsMissing);

/** Debian's Chromium, or the one CHROMIUM names. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A page whose misdeeds are kept: errors in its console, broken policies, calls to anybody else. */
export interface WatchedPage {
  readonly page: Page;
  readonly misdeeds: string[];
}

/** Opens a page of a context under watch. */
export async function watchedPage(context: BrowserContext, origin: string): Promise<WatchedPage> {
  const page = await context.newPage();
  const misdeeds: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') misdeeds.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => misdeeds.push(`thrown: ${String(error)}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) misdeeds.push(`call: ${url}`);
  });
  await page.exposeFunction('policyBroken', (what: string) => misdeeds.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      const told = window as unknown as { policyBroken(what: string): void };
      told.policyBroken(`${violatedDirective} ${blockedURI} in ${sourceFile}`);
    });
  });
  return { page, misdeeds };
}

/** Until the page has its facts: no grey lines, no pending call. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load'); // the stream of events never lets the network rest
  await page.locator('h1').first().waitFor();
  await page.locator('[role="status"][aria-label="Loading"]').first().waitFor({ state: 'detached' });
}

/** Keeps a picture of the whole page. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`), fullPage: true });
}

/** What every page must be: understood by everybody, one heading, a title, no wider than the screen, of bounded size. */
export async function expectSound({ page, misdeeds }: WatchedPage): Promise<void> {
  await page.evaluate(axe.source);
  const broken = await page.evaluate(async () => {
    const checker = (
      window as unknown as { axe: { run(context: object): Promise<{ violations: readonly Violation[] }> } }
    ).axe;
    interface Violation {
      readonly id: string;
      readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
    }
    // Announcements name buttons that were pressed, which may be gone with their page.
    const { violations } = await checker.run({ exclude: ['[data-live-announcer]'] });
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary ?? ''}`,
    );
  });
  expect(broken).toEqual([]);
  expect(await page.locator('h1').count()).toBe(1);
  expect(await page.title()).toMatch(/^.+ · Omnifeed$/);
  const shape = await page.evaluate(() => ({
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    nodes: document.getElementsByTagName('*').length,
  }));
  expect(shape.over).toBeLessThanOrEqual(0);
  expect(shape.nodes).toBeLessThanOrEqual(3000);
  expect(misdeeds.splice(0)).toEqual([]);
}
