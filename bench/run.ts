import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../src/config/package-root.js';
import { BENCHES, type Bench } from './benches.js';
import { writeCatalog } from './catalog-generator.js';
import { thisMachine } from './machine.js';
import { measureRounds, runProgram } from './measure.js';
import type { ProgramInput } from './program.js';
import { type Line, lineOf, shown } from './report.js';

const USAGE = `npm run bench -- [--sizes 10000,100000] [--only ${BENCHES.map((bench) => bench.name).join(',')}] [--rounds 5] [--save]`;

interface Order {
  readonly sizes: readonly number[];
  readonly benches: readonly Bench[];
  readonly rounds: number;
  /** Writes bench/results/latest.json. */
  readonly save: boolean;
}

function readOrder(): Order {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string', default: '10000,100000' },
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',').map(Number);
  const names = values.only?.split(',') ?? BENCHES.map((bench) => bench.name);
  const benches = BENCHES.filter((bench) => names.includes(bench.name));
  const rounds = Number(values.rounds);
  const sound = [...sizes, rounds].every((count) => Number.isInteger(count) && count > 0);
  if (values.help || !sound || benches.length !== names.length) {
    console.error(USAGE);
    process.exit(values.help ? 0 : 2);
  }
  return { sizes, benches, rounds, save: values.save };
}

async function runSize(size: number, order: Order, lines: Line[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'omnifeed-bench-'));
  try {
    const catalog = await writeCatalog(folder, size);
    console.log(
      `\n${size.toLocaleString('en-US')} variants of ${catalog.products.toLocaleString('en-US')} products`,
    );
    const plain: ProgramInput = { catalog, folder };
    const stocked = order.benches.some((bench) => bench.needsDatabase) ? await prepare(plain) : plain;
    for (const bench of order.benches)
      lines.push(...(await runBench(bench, bench.needsDatabase ? stocked : plain, order.rounds)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Imports the catalog once, for the benches that start from a full one. */
async function prepare(input: ProgramInput): Promise<ProgramInput> {
  const folder = path.join(input.folder, 'prepared');
  await mkdir(folder);
  await runProgram('import', { ...input, folder });
  return { ...input, database: path.join(folder, 'omnifeed.db') };
}

async function runBench(bench: Bench, input: ProgramInput, rounds: number): Promise<Line[]> {
  const { variants } = input.catalog;
  console.log(` ${bench.name}: ${bench.title}`);
  const within = (limit: number | undefined): boolean => variants <= (limit ?? Number.POSITIVE_INFINITY);
  const programs = bench.programs.filter((name) => within(bench.largest?.[name]));
  for (const name of bench.programs)
    if (!programs.includes(name))
      console.log(`  ${name.padEnd(14)}left out: it keeps the whole feed in memory`);
  const measured = await measureRounds(
    programs.map((name) => ({ name, rounds: within(bench.onceAbove?.[name]) ? rounds : 1 })),
    input,
  );
  const yardstick = bench.yardstick === null ? null : (measured.get(bench.yardstick) ?? null);
  return programs.map((program) => {
    const compared =
      yardstick === null || program === bench.yardstick
        ? null
        : { program: bench.yardstick ?? '', runs: yardstick };
    const line = lineOf({ bench: bench.name, program, variants }, measured.get(program) ?? [], compared);
    console.log(shown(line));
    return line;
  });
}

const order = readOrder();
const machine = thisMachine();
console.log(
  `${machine.processor}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, ${machine.system}, Node ${machine.node}, SQLite ${machine.sqlite}, load ${machine.load}`,
);
const lines: Line[] = [];
for (const size of order.sizes) await runSize(size, order, lines);
if (order.save) {
  const file = path.join(packageRoot(), 'bench', 'results', 'latest.json');
  await mkdir(path.dirname(file), { recursive: true });
  const run = { measuredAt: new Date().toISOString(), machine, lines };
  await writeFile(file, `${JSON.stringify([run], null, 2)}\n`);
}
