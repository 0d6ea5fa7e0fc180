import { count } from '../../../strings/formats.js';
import { say, sayCode } from '../../../strings/say.js';

/** Facts that say which thing a run was about, or that are long: not among the numbers. */
const ASIDE: readonly string[] = ['channel', 'source', 'checksum'];
const MOST = 5;

/** The numbers a run told, in one line; nothing is left out silently. */
export function RunNumbers({ facts }: { readonly facts: Readonly<Record<string, unknown>> }) {
  const numbers = Object.entries(facts).filter(
    ([name, value]) => typeof value === 'number' && !ASIDE.includes(name),
  );
  const shown = numbers
    .slice(0, MOST)
    .map(([name, value]) => `${nameOfNumber(name)} ${count(Number(value))}`);
  const more = numbers.length - shown.length;
  return <>{[...shown, ...(more > 0 ? [say('run.more', { n: more })] : [])].join(' · ') || '—'}</>;
}

/** A number's name in words; one we have no words for is shown as it is. */
export function nameOfNumber(name: string): string {
  return sayCode(`run.number.${name}`, name);
}
