import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { MUTANTS } from './mutants.js';
import { REGRESSIONS } from './regressions.js';
import type { RunLine } from './slice.js';

const DIST = path.join(packageRoot(), 'dist');
/** Fresh runs; 2,000 and more with `npm run simulate -- --seeds 2000`. */
const SEEDS = Number(process.env.OMNIFEED_SIMULATE_SEEDS ?? 16);
const LONG_MS = 600_000;

async function simulate(
  ...given: readonly string[]
): Promise<{ readonly code: number; readonly said: string }> {
  const program = path.join(DIST, 'test/simulation/simulate.js');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...given], { maxBuffer: 1e8 });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: `${stdout}\n${stderr}` };
  }
}

async function oneRun(seed: number): Promise<RunLine> {
  const { code, said } = await simulate('--slice', '--seed', `${seed}`, '--seeds', '1', '--processes', '1');
  expect(code, said).toBe(0);
  return JSON.parse(said) as RunLine;
}

describe('the simulated house', () => {
  it(`keeps every promise over ${SEEDS} seeds, whatever goes wrong`, { timeout: LONG_MS }, async () => {
    const { code, said } = await simulate('--seeds', `${SEEDS}`, '--processes', '2');
    expect(code, said).toBe(0);
    expect(said).toContain(`${SEEDS} runs in`);
  });

  it.each(REGRESSIONS)(
    'keeps them where it once did not: seed $seed, $what',
    { timeout: LONG_MS },
    async ({ seed }) => {
      expect((await oneRun(seed)).broken?.message).toBeUndefined();
    },
  );

  it('goes the same way twice for the same seed', { timeout: LONG_MS }, async () => {
    const [first, second] = [await oneRun(7), await oneRun(7)];
    expect(second.hash).toBe(first.hash);
    expect((await oneRun(8)).hash).not.toBe(first.hash);
  });

  it('notices when a guard is gone, and shows the smallest way to see it', { timeout: LONG_MS }, async () => {
    const { code, said } = await simulate('--seeds', '30', '--mutant', 'price-guard-open');
    expect(code, said).toBe(0);
    expect(said).toMatch(/seed \d+: 15 blast radius/);
  });
});

describe('bugs on purpose', () => {
  it.each(MUTANTS)('$name changes a text that is there exactly once', ({ module, find }) => {
    const text = readFileSync(path.join(DIST, 'src', module), 'utf8');
    expect(text.split(find).length - 1).toBe(1);
  });
});
