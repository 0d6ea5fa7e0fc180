import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Mutation, NamedTest } from './fault-row.js';

/** How a run of some tests ended, by full name. */
export interface TestsRun {
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** The end of what the runner wrote, for a person. */
  readonly told: string;
}

/** A copy of the committed tree in which guards may be taken away. */
export interface ScratchTree {
  readonly commit: string;
  run(tests: readonly NamedTest[]): TestsRun;
  /** Does something while a text of one file is another one. */
  while<Result>(mutation: Mutation, work: () => Result): Result;
  remove(): void;
}

const LONGEST_RUN_MS = 900_000;

/** Copies the last commit of `root` beside it, with the same installed packages. */
export function scratchTree(root: string): ScratchTree {
  const folder = mkdtempSync(path.join(tmpdir(), 'omnifeed-faults-'));
  const tree = path.join(folder, 'tree');
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();
  git('worktree', 'add', '--quiet', '--detach', tree, 'HEAD');
  for (const modules of ['node_modules', 'test/judge/node_modules'])
    symlinkSync(path.join(root, modules), path.join(tree, modules));
  return {
    commit: git('rev-parse', '--short', 'HEAD'),
    run: (tests) => runTests(tree, path.join(folder, 'report.json'), tests),
    while(mutation, work) {
      const file = path.join(tree, mutation.file);
      const whole = readFileSync(file, 'utf8');
      const [before, after, ...more] = whole.split(mutation.text);
      if (before === undefined || after === undefined || more.length > 0)
        throw new Error(`${mutation.file} does not have this text exactly once: ${mutation.text}`);
      writeFileSync(file, before + mutation.replacement + after);
      try {
        return work();
      } finally {
        writeFileSync(file, whole);
      }
    },
    remove() {
      git('worktree', 'remove', '--force', tree);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Only the named tests, in one run of the runner. */
function runTests(tree: string, report: string, tests: readonly NamedTest[]): TestsRun {
  rmSync(report, { force: true });
  const files = [...new Set(tests.map(({ file, runs }) => runs ?? file))];
  const names = tests.map(patternOf).join('|');
  const args = ['run', ...files, '-t', names, '--reporter=json', `--outputFile=${report}`];
  const ran = spawnSync(process.execPath, [path.join(tree, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: tree,
    encoding: 'utf8',
    timeout: LONGEST_RUN_MS,
  });
  const told = `${ran.stdout}${ran.stderr}`.slice(-2_000);
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    const of = (status: string): string[] =>
      results.filter((result) => result.status === status).map(({ fullName }) => fullName);
    return { passed: of('passed'), failed: of('failed'), told };
  } catch {
    // The runner wrote no report: nothing was tried, which is neither a pass nor a failure.
    return { passed: [], failed: [], told };
  }
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** A pattern of the full name; a placeholder of a table stands for anything. */
export function patternOf({ title, suite = '' }: NamedTest): string {
  const plain = title.replace(/[\\^$*+?.()|[\]{}]/g, '\\$&').replace(/%[a-z]/g, '.*');
  return `${suite === '' ? '' : `^${suite}.*`}${plain}`;
}
