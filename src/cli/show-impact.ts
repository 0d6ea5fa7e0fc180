import type { JsonValue } from '../domain/json.js';
import type { ImpactReport } from '../workbench/impact.js';
import type { ReasonImpact } from '../workbench/impact-counts.js';
import type { PublishHold } from '../workbench/publish.js';

const PAIRS = 12;
const KINDS = 4;
const REASONS = 5;
const LONGEST = 60;

/** What a draft would change, as people read it: totals, then what is held, attributes, reasons and rules. */
export function impactLines(report: ImpactReport, holds: readonly PublishHold[]): string[] {
  const { changed, appears, vanishes, newlyBlocked, fixed, unchanged } = report.totals;
  return [
    `${report.of} variants: ${changed} change, ${appears} appear, ${vanishes} vanish, ${newlyBlocked} newly blocked, ${fixed} fixed, ${unchanged} as before`,
    ...holds.map(({ message }) => `held: ${message}`),
    ...reviewedLines(report),
    ...(holds.length === 0 ? [] : [`to publish this very change: --force ${report.checksum}`]),
    ...report.attributes.slice(0, PAIRS).flatMap((one) => [
      `  ${one.attribute}${one.rule === null ? '' : ` by rule “${one.rule}”`}: ${one.changed}`,
      ...one.kinds.slice(0, KINDS).map(({ kind, count, samples }) => {
        const [sample] = samples;
        const example =
          sample === undefined ? '' : ` (${sample.sku}: ${shown(sample.before)} → ${shown(sample.after)})`;
        return `    ${count} × ${kind}${example}`;
      }),
    ]),
    ...reasonLines('vanish', report.vanishing),
    ...reasonLines('appear, left out before', report.appearing),
    ...reasonLines('newly blocked', report.blocking),
    ...reasonLines('fixed', report.fixing),
    ...report.rules
      .filter(({ by }) => by === 'mapping')
      .map(({ name, matched, changed: set, overridden, excluded }) => {
        const lost = overridden === 0 ? '' : `, ${overridden} of these changed again later`;
        const out = excluded === 0 ? '' : `, ${excluded} kept off`;
        return `  rule “${name}”: ${matched} match, ${set} changed${lost}${out}`;
      }),
    ...report.notes
      .slice(0, REASONS)
      .map(
        ({ attribute, pattern, before, after }) =>
          `  note ${attribute ?? ''}: ${pattern}: ${before} → ${after}`,
      ),
  ];
}

/** Changes that send listings back to the channel's reviewers are told before those that do not. */
function reviewedLines({ reviewed, channel }: ImpactReport): string[] {
  if (reviewed === null) return [];
  const { listings, attributes } = reviewed;
  return [
    `warning: changing ${attributes.join(', ')} on ${listings} listings makes ${channel} review them again`,
  ];
}

function reasonLines(what: string, reasons: readonly ReasonImpact[]): string[] {
  return reasons.slice(0, REASONS).map(({ reason, attribute, count, skus }) => {
    const about = attribute === undefined ? '' : `${attribute}: `;
    return `  ${count} ${what}: ${about}${reason} (${skus[0] ?? ''})`;
  });
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return '(nothing)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
