import type { Measured } from './child.js';
import { type Spread, spreadOf } from './measure.js';

/** Numbers of one program at one size. Rates are items per second. */
export interface Line {
  readonly bench: string;
  readonly program: string;
  readonly variants: number;
  readonly rounds: number;
  readonly items: number;
  readonly bytes: number;
  readonly seconds: Spread;
  readonly rate: Spread;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  /** Rate as a multiple of the yardstick's, round by round; absent for the yardstick itself. */
  readonly ratio?: Spread & { readonly to: string; readonly cpu: number };
  readonly facts?: Readonly<Record<string, number | string>>;
}

/** Sums up the rounds of one program, beside those of its yardstick. */
export function lineOf(
  about: { readonly bench: string; readonly program: string; readonly variants: number },
  runs: readonly Measured[],
  yardstick: { readonly program: string; readonly runs: readonly Measured[] } | null,
): Line {
  const last = runs[runs.length - 1];
  if (!last) throw new Error(`${about.program} was not run`);
  return {
    ...about,
    rounds: runs.length,
    items: last.items,
    bytes: last.bytes,
    seconds: rounded(spreadOf(runs.map((run) => run.ms / 1_000)), 3),
    rate: rounded(spreadOf(runs.map(rateOf)), 0),
    cpuSeconds: round(spreadOf(runs.map((run) => run.cpuMs / 1_000)).median, 3),
    peakMegabytes: Math.max(...runs.map((run) => run.peakMegabytes)),
    ...(yardstick === null ? {} : { ratio: ratioOf(runs, yardstick) }),
    ...(last.facts === undefined ? {} : { facts: last.facts }),
  };
}

function ratioOf(
  runs: readonly Measured[],
  { program, runs: others }: { readonly program: string; readonly runs: readonly Measured[] },
): NonNullable<Line['ratio']> {
  const pairs = runs.flatMap((run, round) => {
    const other = others[round];
    return other ? [{ run, other }] : [];
  });
  const byTime = spreadOf(pairs.map(({ run, other }) => rateOf(run) / rateOf(other)));
  const cpu = spreadOf(pairs.map(({ run, other }) => other.cpuMs / other.items / (run.cpuMs / run.items)));
  return { to: program, ...rounded(byTime, 3), cpu: round(cpu.median, 3) };
}

function rateOf(run: Measured): number {
  return (run.items / run.ms) * 1_000;
}

/** One line for people. */
export function shown(line: Line): string {
  const { rate, seconds, ratio } = line;
  const parts = [
    line.program.padEnd(14),
    `${number(rate.median)}/s (${number(rate.least)}–${number(rate.most)})`.padEnd(30),
    `${seconds.median.toFixed(2)} s, cpu ${line.cpuSeconds.toFixed(2)} s`.padEnd(24),
    `${line.peakMegabytes} MB`.padStart(8),
    `${number(line.items)} items, ${(line.bytes / 1e6).toFixed(1)} MB`,
  ];
  if (ratio)
    parts.push(
      `= ${ratio.median.toFixed(2)} × ${ratio.to} (${ratio.least.toFixed(2)}–${ratio.most.toFixed(2)}; cpu ${ratio.cpu.toFixed(2)})`,
    );
  if (line.facts)
    parts.push(
      Object.entries(line.facts)
        .map(([name, value]) => `${name} ${typeof value === 'number' ? number(value) : value}`)
        .join(', '),
    );
  return `  ${parts.join('  ')}`;
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

function rounded<Numbers extends Spread>(spread: Numbers, digits: number): Spread {
  return {
    median: round(spread.median, digits),
    least: round(spread.least, digits),
    most: round(spread.most, digits),
  };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
