import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Judge, startJudge } from './judge.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the judge takes orders; null: there is none in this run. */
    judge: string | null;
  }
}

const MODELS = path.resolve(import.meta.dirname, '../../../shared/specs/amazon');
const FILES = [
  'catalogItems_2022-04-01',
  'definitionsProductTypes_2020-09-01',
  'feeds_2021-06-30',
  'listingsItems_2021-08-01',
  'listingsRestrictions_2021-08-01',
  'notifications',
  'ordersV0',
  'orders_2026-01-01',
  'productFeesV0',
  'productPricing_2022-05-01',
  'sellers',
];

/** Before all tests: installs Prism where it is missing and starts the judge of the Amazon connector. */
export default async function start(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const judge = await judgeOrReason();
  project.provide('judge', typeof judge === 'string' ? null : judge.url);
  if (typeof judge !== 'string') return () => judge.stop();
  process.stdout.write(`no judge between the Amazon connector and its simulator: ${judge}\n`);
  return undefined;
}

async function judgeOrReason(): Promise<Judge | string> {
  if (!existsSync(MODELS)) return `the official models are not at ${MODELS}`;
  if (!existsSync(path.join(import.meta.dirname, 'node_modules'))) {
    const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    });
    if (status !== 0 && process.env.CI !== undefined) throw new Error(`Prism was not installed: ${stderr}`);
    if (status !== 0) return `Prism was not installed: ${stderr.trim()}`;
  }
  return startJudge(FILES.map((name) => path.join(MODELS, `${name}.json`)));
}
