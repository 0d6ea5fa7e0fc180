import type { ProgramInput, ProgramOutcome } from './program.js';

/** A program's answer with the peak memory of its process, as the operating system counted it. */
export interface Measured extends ProgramOutcome {
  readonly peakMegabytes: number;
}

/** Entry of a child process: runs the program named in its arguments and answers through the channel to its parent. */
const [name = '', input = '{}'] = process.argv.slice(2);
const { program } = (await import(new URL(`./${name}.js`, import.meta.url).href)) as {
  program(input: ProgramInput): Promise<ProgramOutcome>;
};
const outcome = await program(JSON.parse(input) as ProgramInput);
const measured: Measured = { ...outcome, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) };
process.send?.(measured);
process.disconnect?.();
