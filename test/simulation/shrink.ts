import type { Outcome, Plan } from './run.js';
import type { FaultKind } from './weather.js';

/** Runs a plan. */
export type Runner = (plan: Plan) => Promise<Outcome>;

/**
 * Makes a failing plan smaller as long as the same promise breaks: without kinds of trouble, without people, with fewer goods and machines, in less time,
 * and then without single troubles, halves first. Answers the smallest found within so many runs.
 */
export async function shrink(failed: Outcome, runner: Runner, most = 200): Promise<Outcome> {
  let best = failed;
  let left = most;
  const better = async (plan: Plan): Promise<boolean> => {
    if (left <= 0) return false;
    left -= 1;
    const outcome = await runner(plan);
    if (outcome.violation?.invariant !== failed.violation?.invariant) return false;
    best = outcome;
    return true;
  };
  for (const kind of Object.keys(best.plan.forecast.rates) as FaultKind[])
    await better(withoutKind(best.plan, kind));
  for (const actor of [...best.plan.actors]) {
    const actors = new Set(best.plan.actors);
    actors.delete(actor);
    await better({ ...best.plan, actors });
  }
  for (const smaller of smallerScales) while (await better(smaller(best.plan)));
  await spareTrouble(() => best, better);
  return best;
}

function withoutKind(plan: Plan, kind: FaultKind): Plan {
  const { [kind]: _gone, ...rates } = plan.forecast.rates;
  return { ...plan, forecast: { ...plan.forecast, rates } };
}

/** Each once more as long as it helps; one that changes nothing any more is the end of it. */
const smallerScales: readonly ((plan: Plan) => Plan)[] = [
  (plan) => ({ ...plan, scale: { ...plan.scale, goods: Math.max(0, plan.scale.goods - 1) } }),
  (plan) => ({ ...plan, scale: { ...plan.scale, nodes: Math.max(0, plan.scale.nodes - 1) } }),
  (plan) => ({ ...plan, scale: { ...plan.scale, chaosMs: Math.floor(plan.scale.chaosMs / 2) } }),
];

/** Delta debugging over what went wrong: first halves, then quarters, down to single troubles. */
async function spareTrouble(best: () => Outcome, better: (plan: Plan) => Promise<boolean>): Promise<void> {
  for (
    let size = Math.ceil(best().fired.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < best().fired.length; ) {
      const { plan, fired } = best();
      const block = fired.slice(from, from + size).map(({ kind, occasion }) => `${kind}#${occasion}`);
      const spared = new Set([...plan.forecast.spared, ...block]);
      if (!(await better({ ...plan, forecast: { ...plan.forecast, spared } }))) from += size;
    }
  }
}
