import { fork } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { countItems } from './check-feed.js';
import type { Measured } from './child.js';
import type { ProgramInput } from './program.js';

/** Middle of several numbers with the smallest and the largest. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Middle and ends of a list that is not empty. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (place: number): number => sorted[place] ?? Number.NaN;
  const middle = Math.floor(sorted.length / 2);
  const median = sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return { median, least: at(0), most: at(sorted.length - 1) };
}

/**
 * Runs programs round by round, one after the other within a round, so that whatever else the machine does falls on all
 * of them alike. Every run has a process and a folder of its own. The feeds of the last round are parsed and counted.
 */
export async function measureRounds(
  programs: readonly { readonly name: string; readonly rounds: number }[],
  input: ProgramInput,
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const measured = new Map<string, Measured[]>(programs.map(({ name }) => [name, []]));
  const most = Math.max(...programs.map((program) => program.rounds));
  for (let round = 1; round <= most; round++) {
    for (const { name, rounds } of programs) {
      if (round > rounds) continue;
      const folder = path.join(input.folder, name);
      await mkdir(folder, { recursive: true });
      const run = await runProgram(name, { ...input, folder });
      if (round === rounds) await checkFeeds(name, run, input.catalog.variants);
      measured.get(name)?.push(run);
      await rm(folder, { recursive: true, force: true });
    }
  }
  return measured;
}

/** Runs one program in a process of its own. Throws when it fails. */
export async function runProgram(name: string, input: ProgramInput): Promise<Measured> {
  const entry = path.join(import.meta.dirname, 'child.js');
  const child = fork(entry, [name, JSON.stringify(input)], { stdio: 'inherit' });
  let answer: Measured | undefined;
  child.on('message', (message) => {
    answer = message as Measured;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  if (code !== 0 || answer === undefined) throw new Error(`${name} ended with ${code} and no answer`);
  return answer;
}

/** Fast and wrong is not fast: every feed must parse and hold every variant. */
async function checkFeeds(name: string, run: Measured, variants: number): Promise<void> {
  for (const feed of run.feeds ?? []) {
    const items = await countItems(feed);
    if (items !== variants) throw new Error(`${name} wrote ${items} of ${variants} items into ${feed}`);
  }
}
