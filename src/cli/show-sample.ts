import { LIMITS } from '../mapping/limits.js';
import { missTexts } from '../mapping/notes.js';
import { isTooSlow } from '../sync/measure-mapping.js';
import type { CatalogSample } from '../sync/sample-mapping.js';
import { countLines } from './show-notes.js';

const FIELDS_SHOWN = 12;
const REASONS_SHOWN = 5;

/** What a mapping does with the catalog, in a few lines. */
export function sampleLines(sample: CatalogSample, indent: string): string[] {
  const { cost, variants, active } = sample;
  const whole =
    variants === active ? `all ${number(active)}` : `the first ${number(variants)} of ${number(active)}`;
  const price = cost === null ? '' : `; ${cost.averageMs.toFixed(3)} ms per variant`;
  const out = sample.excluded.reduce((sum, { count }) => sum + count, 0);
  const expensive = sample.tooExpensive === 0 ? '' : `, ${number(sample.tooExpensive)} too expensive`;
  const lines = [
    `on ${whole} active variants: ${number(sample.listed)} mapped, ${number(out)} excluded${expensive}${price}`,
  ];
  if (isTooSlow(cost))
    lines.push(`error: ${LIMITS.averageMs} ms per variant are allowed; the channel refuses this mapping`);
  for (const { reason, count } of sample.excluded.slice(0, REASONS_SHOWN))
    lines.push(`  ${number(count)} × excluded: ${reason}`);
  const missing = sample.fields.filter((field) => field.missing / field.read >= 0.5).slice(0, FIELDS_SHOWN);
  if (missing.length > 0)
    lines.push(`  often missing: ${missing.map((field) => `${field.path} ${share(field)}`).join(', ')}`);
  if (sample.notes.length > 0) {
    const tables = missTexts(sample.notes).length > 0 ? ' and keys that lookup tables lack' : '';
    lines.push(`  notes${tables}:`, ...countLines(sample.notes, '    '));
  }
  return lines.map((line) => indent + line);
}

function share({ read, missing }: { readonly read: number; readonly missing: number }): string {
  return `${Math.floor((100 * missing) / read)} %`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
