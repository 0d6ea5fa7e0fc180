import type { Sources } from '../mapping/explain.js';
import { fieldLabel } from '../mapping/form/field-labels.js';
import { valueText } from '../mapping/path-sentence.js';
import { LoadedMapping } from '../mapping/run.js';
import type { CompiledMapping } from '../mapping/types.js';
import type { ChannelExplanation } from '../sync/explain-channel.js';

/** One thing that must hold before a listing is on a channel, in the order in which it is asked. */
export interface DeliveryTest {
  /** `the product is for sale`, or the name of a condition of the mapping. */
  readonly test: string;
  /** `waits` is no failure: it passes by itself. */
  readonly outcome: 'passed' | 'failed' | 'waits' | 'not reached';
  /** Why, where it did not pass; with the values that decided. */
  readonly detail?: string;
}

/** What is known of the channel beside the listing. */
export interface ChannelStanding {
  /** Why nothing is sent to the channel at all; null: it works. */
  readonly paused: string | null;
  /** Why the catalog itself keeps the variant off; null: it does not. */
  readonly unlistable: string | null;
  readonly excludedByHand: string | null;
}

/** Every test between a SKU and a live listing; the first one that failed is why it is not there. Pure. */
export function deliveryTests(
  explained: ChannelExplanation,
  mapping: CompiledMapping,
  standing: ChannelStanding,
): readonly DeliveryTest[] {
  const tests: readonly DeliveryTest[] = [
    catalogTest(standing),
    handTest(standing),
    ...selectionTests(explained, mapping),
    ruleTest(explained, mapping),
    errorTest(explained),
    ...channelTests(explained, standing),
  ];
  const stop = tests.findIndex(({ outcome }) => outcome === 'failed' || outcome === 'waits');
  if (stop === -1) return tests;
  return tests.map((each, at) => (at <= stop ? each : { test: each.test, outcome: 'not reached' }));
}

function catalogTest({ unlistable }: ChannelStanding): DeliveryTest {
  return outcome('the catalog has it for sale', unlistable);
}

function handTest({ excludedByHand }: ChannelStanding): DeliveryTest {
  return outcome('nobody keeps it off by hand', excludedByHand);
}

function selectionTests(explained: ChannelExplanation, mapping: CompiledMapping): readonly DeliveryTest[] {
  if (!(mapping instanceof LoadedMapping)) return [];
  const held = new Set(explained.selectedBy);
  return mapping.checked.select.map(({ name }): DeliveryTest => {
    if (held.has(name)) return { test: name, outcome: 'passed' };
    if (explained.excluded?.reason !== name) return { test: name, outcome: 'not reached' };
    return { test: name, outcome: 'failed', ...detailOf(sourcesText(explained.excluded.sources)) };
  });
}

function ruleTest(explained: ChannelExplanation, mapping: CompiledMapping): DeliveryTest {
  const test = 'no rule keeps it off';
  const { excluded } = explained;
  if (excluded === null) return { test, outcome: 'passed' };
  const selections = mapping instanceof LoadedMapping ? mapping.checked.select : [];
  if (selections.some(({ name }) => name === excluded.reason)) return { test, outcome: 'not reached' };
  const sources = sourcesText(excluded.sources);
  return {
    test,
    outcome: 'failed',
    detail: sources === '' ? excluded.reason : `${excluded.reason}: ${sources}`,
  };
}

function errorTest(explained: ChannelExplanation): DeliveryTest {
  if (explained.outcome !== 'blocked') return { test: 'its attributes have no errors', outcome: 'passed' };
  const found = [...explained.issues, ...explained.attributes.flatMap(({ issues }) => issues)];
  const errors = found.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return outcome('its attributes have no errors', errors.join('; '));
}

function channelTests(
  { record, next, channelIssues }: ChannelExplanation,
  { paused }: ChannelStanding,
): readonly DeliveryTest[] {
  const why = next?.why ?? '';
  const known = record === null ? 'run `omnifeed sync`, or wait for it' : null;
  const said = channelIssues.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return [
    waits('it was worked out for the channel', known),
    outcome(
      'the listing there is ours',
      why === 'unmanaged' ? 'somebody else’s listing has this SKU: `omnifeed adopt`' : null,
    ),
    outcome('no guard holds it back', record?.held ?? null),
    outcome('the channel can be reached', paused),
    waits('no failed attempt has to wait', why === 'retry-later' ? (record?.retry_code ?? why) : null),
    waits('it was sent', record?.sent_at == null ? 'it goes out with the next run' : null),
    outcome('the channel took it', /rejected$/.test(why) ? said.join('; ') || why : null),
    waits('the channel shows it', record?.verdict === 'live' ? null : `no word of it yet (${why})`),
  ];
}

function outcome(test: string, failure: string | null): DeliveryTest {
  return failure === null ? { test, outcome: 'passed' } : { test, outcome: 'failed', ...detailOf(failure) };
}

function waits(test: string, until: string | null): DeliveryTest {
  return until === null ? { test, outcome: 'passed' } : { test, outcome: 'waits', ...detailOf(until) };
}

function detailOf(detail: string): { readonly detail?: string } {
  return detail === '' ? {} : { detail };
}

function sourcesText(sources: Sources): string {
  return Object.entries(sources)
    .map(([path, value]) => `${fieldLabel(path)} is ${valueText(value)}`)
    .join(', ');
}
