import type { Issue } from '../domain/issue.js';
import { pathSentence } from '../mapping/path-sentence.js';
import type { ExplainedProfit } from '../profit/explain-profit.js';
import type { ChannelExplanation, ListingExplanation, TracedAttribute } from '../sync/explain-channel.js';
import type { DeliveryTest } from '../workbench/delivery-tests.js';
import type { PastExplanation } from '../workbench/explain-at.js';
import { profitLines } from './show-profit.js';

const LONGEST = 90;

/** What is known of a listing besides its explanation. */
export interface AlsoKnown {
  /** What must hold before it is live, in order. */
  readonly tests: readonly DeliveryTest[];
  /** On the network. */
  readonly seen: readonly Issue[];
  /** Null: nobody asked for profits on this channel, or it is not listed. */
  readonly profit: ExplainedProfit | null;
}

/** An explanation as people read it: the outcome, what is sent next, what else is known, then every attribute with its steps. */
export function showExplanation(explained: ChannelExplanation, { tests, seen, profit }: AlsoKnown): string {
  const lines = [
    `${explained.sku} on ${explained.channel}: ${outcomeText(explained)}`,
    ...nextLines(explained),
    ...testLines(tests),
  ];
  if (explained.selectedBy.length > 0) lines.push(`selected by: ${explained.selectedBy.join(', ')}`);
  for (const note of explained.notes) lines.push(`note: ${note}`);
  for (const issue of explained.issues) lines.push(issueLine(issue));
  for (const issue of explained.channelIssues) lines.push(`channel says ${issueLine(issue)}`);
  for (const issue of seen) lines.push(`seen on the network: ${issueLine(issue)}`);
  lines.push(...stockLines(explained));
  if (profit?.listing) lines.push(...profitLines(profit.listing, profit.standing ?? undefined));
  if (profit?.problem) lines.push(`profit: unknown. ${profit.problem}`);
  for (const attribute of explained.attributes) lines.push(...attributeLines(attribute));
  return lines.join('\n');
}

/** A listing as it was made at an earlier moment. */
export function showPast(past: PastExplanation): string {
  const mapping =
    past.mapping === null
      ? 'which mapping was used then is not recorded: this is what the present one makes of it'
      : `with the mapping in use since ${past.mapping.since}`;
  const lines = [`${past.sku} on ${past.channel} at ${past.at}: ${outcomeText(past)}`, mapping];
  for (const note of past.notes) lines.push(`note: ${note}`);
  for (const issue of past.issues) lines.push(issueLine(issue));
  lines.push(...stockLines(past));
  for (const attribute of past.attributes) lines.push(...attributeLines(attribute));
  return lines.join('\n');
}

function stockLines({ stock }: ListingExplanation): string[] {
  return stock.map((sentence, at) => (at === 0 ? `stock: ${sentence}` : `  ${sentence}`));
}

const MARKS = { passed: '✓', failed: '✗', waits: '…', 'not reached': '·' } as const;

/** The tests it does not pass, with those before; nothing when it is live. */
function testLines(tests: readonly DeliveryTest[]): string[] {
  const stop = tests.findIndex(({ outcome }) => outcome === 'failed' || outcome === 'waits');
  if (stop === -1) return [];
  return tests.slice(0, stop + 1).map(({ test, outcome, detail }) => {
    const why = detail === undefined ? '' : `: ${detail}`;
    return `  ${MARKS[outcome]} ${test}${why}`;
  });
}

function outcomeText(explained: ListingExplanation): string {
  if (explained.outcome === 'excluded')
    return `excluded: ${explained.excluded?.reason ?? ''}${sourcesText(explained.excluded?.sources)}`;
  return explained.outcome === 'blocked' ? 'blocked by the errors below' : 'listed';
}

function nextLines({ record, next }: ChannelExplanation): string[] {
  if (record === null || next === null) return ['never looked at on this channel: run `omnifeed sync`'];
  const sent = record.sent_at === null ? 'never sent' : `${record.sent_action} sent ${record.sent_at}`;
  const verdict = record.verdict === null ? 'no verdict' : `${record.verdict} since ${record.verdict_at}`;
  const until = 'until' in next && next.until !== null ? ` until ${next.until}` : '';
  const held = record.held === null ? '' : `; held: ${record.held}`;
  const price =
    record.priced_by === 'channel' ? '; a rule at the channel makes the price: ours is not sent' : '';
  return [`${sent}; ${verdict}; next: ${next.do} (${next.why})${until}${held}${price}`];
}

function attributeLines(attribute: TracedAttribute): string[] {
  const lines = [`  ${attribute.name} = ${shown(attribute.value)}`, `    ${pathSentence(attribute)}`];
  for (const step of attribute.steps) {
    const by = step.name === undefined ? step.by : `${step.by} "${step.name}"`;
    const at = step.at === undefined ? '' : ` at ${step.at}`;
    const when = step.when === undefined ? '' : ` when${sourcesText(step.when)}`;
    lines.push(`    ${by}${at}${when}: ${shown(step.value)}${sourcesText(step.sources)}`);
  }
  for (const note of attribute.notes) lines.push(`    note: ${note}`);
  for (const issue of attribute.issues) lines.push(`    ${issueLine(issue)}`);
  return lines;
}

function issueLine(issue: Issue): string {
  const advice = issue.advice === undefined ? '' : ` ${issue.advice}`;
  return `${issue.severity}: ${issue.message}.${advice}`;
}

function sourcesText(sources: object | undefined): string {
  const entries = Object.entries(sources ?? {});
  return entries.length === 0
    ? ''
    : ` [${entries.map(([path, value]) => `${path}=${shown(value)}`).join(', ')}]`;
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '(nothing)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
