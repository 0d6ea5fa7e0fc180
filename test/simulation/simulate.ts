import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { plantBug } from './mutate.js';
import { replaceGlobals } from './time.js';

const USAGE = `Simulates the whole house on virtual time, with everything going wrong that may.

  npm run simulate -- [--seeds N] [--seed S] [--mutant NAME] [--processes P]

  --seeds N      how many runs (default 200)
  --seed S       the first seed (default 1); a failure is repeated with --seed S --seeds 1
  --mutant NAME  with a bug on purpose; "all" tries each until it is found, within --seeds runs
  --processes P  how many processes share the runs (default: one a core)

Ends with 1 when a promise was broken; shows the smallest way to break it.
`;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    processes: { type: 'string', default: String(availableParallelism()) },
    slice: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  process.stdout.write(USAGE);
} else {
  const order = {
    seeds: Number(values.seeds),
    first: Number(values.seed),
    processes: Number(values.processes),
    mutant: values.mutant,
  };
  if (!values.slice) {
    const { lead } = await import('./lead.js');
    process.exitCode = await lead(order);
  } else {
    // Before anything of the house is loaded: what it reaches for must be virtual from its first line.
    if (order.mutant !== undefined) plantBug(order.mutant);
    replaceGlobals();
    const { runSlice } = await import('./slice.js');
    await runSlice(order);
  }
}
