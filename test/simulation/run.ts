import { openSqlite } from '../../src/db/sqlite.js';
import { writeChannelState } from '../../src/sync/channel-state.js';
import { dice } from '../chaos/dice.js';
import { ACTORS, type Actor, engage, LATECOMER } from './actors.js';
import { checkAlways, unhealed } from './invariants.js';
import { KINDS } from './market.js';
import { SimulatedNode } from './node.js';
import { enterRun, VirtualTime } from './time.js';
import { type Fired, type Forecast, forecastOf, Weather } from './weather.js';
import { type Scale, type Violation, World } from './world.js';

/** Everything that decides how a run goes. The same plan always goes the same way. */
export interface Plan {
  readonly seed: number;
  readonly scale: Scale;
  readonly actors: ReadonlySet<Actor>;
  readonly forecast: Forecast;
}

/** How a run went. */
export interface Outcome {
  readonly plan: Plan;
  readonly violation: Violation | null;
  readonly traceHash: string;
  readonly trace: readonly string[];
  readonly events: number;
  /** How long the run took in virtual milliseconds. */
  readonly virtualMs: number;
  readonly kills: number;
  readonly orders: number;
  readonly fired: readonly Fired[];
  readonly coverage: ReadonlyMap<string, number>;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** The plan of a seed: how large, who acts, what goes wrong. */
export function planOf(seed: number): Plan {
  const roll = dice(seed);
  const scale: Scale = {
    goods: 2 + roll.below(9),
    nodes: 1 + roll.below(3),
    chaosMs: (1 + roll.below(3)) * MINUTE,
    healMs: 15 * MINUTE,
    strict: roll.once(2),
  };
  return { seed, scale, actors: new Set(ACTORS), forecast: forecastOf(seed) };
}

/** Runs one plan from an empty house to a healed one, or to the first broken promise. `image`: a database with all tables and nothing in them. */
export async function run(plan: Plan, image: Buffer): Promise<Outcome> {
  const time = new VirtualTime();
  enterRun(time, plan.seed);
  const weather = new Weather(plan.seed, plan.forecast);
  weather.calm = true;
  const base = openSqlite(image);
  const world = new World(plan.seed, plan.scale, time, weather, base);
  fill(world);
  for (let n = 0; n < plan.scale.nodes; n++) world.nodes.push(new SimulatedNode(`node-${n + 1}`, world));
  for (const node of world.nodes) time.after(0, () => node.start(), null);
  await live(world, plan);
  const orders = [...world.markets.values()].reduce((sum, market) => sum + market.orders.size, 0);
  for (const { life } of world.nodes) if (life) life.alive = false;
  await base.close();
  return {
    plan,
    violation: world.violation,
    traceHash: world.traceHash(),
    trace: world.trace,
    events: time.events,
    virtualMs: time.elapsedMs,
    kills: world.kills,
    orders,
    fired: weather.fired,
    coverage: weather.coverage,
  };
}

const CALM_START_MS = 90 * SECOND;

/** First a quiet start, as when a merchant sets it up; then trouble; then time to heal. */
async function live(world: World, plan: Plan): Promise<void> {
  const { time, weather } = world;
  const until = (elapsedMs: number): Promise<void> =>
    time.runUntil(elapsedMs, () => {
      checkAlways(world);
      if (world.violation !== null) throw world.violation;
    });
  try {
    await until(CALM_START_MS);
    world.note('trouble begins');
    weather.calm = false;
    engage(world, plan.actors);
    await until(CALM_START_MS + plan.scale.chaosMs);
    world.note('trouble ends');
    weather.calm = true;
    await heal(world);
    await expectHealed(world, until);
  } catch (error) {
    if (error !== world.violation) throw error;
  }
}

/** Gives the house its time; a run ends early when all is well twice in a row, so that nothing still under way can undo it. */
async function expectHealed(world: World, until: (elapsedMs: number) => Promise<void>): Promise<void> {
  const began = world.time.elapsedMs;
  for (let well = 0; well < 2; ) {
    await until(world.time.elapsedMs + LOOK_EVERY_MS);
    const [wrong] = await unhealed(world);
    well = wrong === undefined ? well + 1 : 0;
    if (wrong !== undefined && world.time.elapsedMs - began >= world.scale.healMs) {
      world.broken(wrong.invariant, wrong.message.slice(wrong.invariant.length + 2));
      return;
    }
  }
}

const LOOK_EVERY_MS = 60_000;

/** The operator mends what only a person can; the warehouse sends what is open; what nobody knew is in the catalog now. */
async function heal(world: World): Promise<void> {
  world.goods.set(LATECOMER, {
    sku: LATECOMER,
    title: 'Latecomer',
    priceMinor: 1_000,
    units: 50,
    active: true,
  });
  world.revoked.clear();
  for (const channel of [...Object.keys(KINDS), 'shop'])
    await writeChannelState(world.base, channel, { paused_code: null, paused_at: null });
  for (const { life } of world.nodes) if (life) life.pausedUntilMs = 0;
  const shipAll = (): void => {
    for (const order of world.shop.orders.values()) world.shop.ship(order);
    world.time.after(60_000, shipAll, null);
  };
  world.time.after(30_000, shipAll, null);
}

function fill(world: World): void {
  const names = ['00012345', '1e5', 'SHIRT-S', 'SHIRT-M', 'LAMP', 'Ö-1', 'a b', '0x1F', 'CUP', 'MAT'];
  for (const sku of names.slice(0, world.scale.goods))
    world.goods.set(sku, {
      sku,
      title: `Thing ${sku}`,
      priceMinor: 500 + world.roll.below(5_000),
      units: world.roll.below(13),
      active: true,
    });
}
