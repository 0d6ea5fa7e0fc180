import { moneyText } from '../domain/money.js';
import type { ExplainedAttribute, ExplainStep, Sources } from './explain.js';
import { fieldLabel } from './form/field-labels.js';
import type { Value } from './functions/definition.js';

const LONGEST = 60;
const SOURCES_TOLD = 4;

/**
 * How a value came about, hop by hop, as one line: `title of the product “Linen shirt” → mapping “Linen shirt” → rule “Organic”
 * “Linen shirt – organic”`. Pure.
 */
export function pathSentence({ steps, value }: Pick<ExplainedAttribute, 'steps' | 'value'>): string {
  const first = sourcesText(steps[0]?.sources);
  const hops = [...(first === '' ? [] : [first]), ...steps.map(stepText)];
  return hops.length === 0 ? valueText(value) : hops.join(' → ');
}

function stepText(step: ExplainStep): string {
  const value = valueText(step.value);
  switch (step.by) {
    case 'default':
      return `default mapping ${value}`;
    case 'mapping':
      return `mapping ${value}`;
    case 'rule':
      return `rule “${step.name ?? ''}”${whenText(step.when)} ${value}`;
    case 'override':
      return `fixed by hand ${value}`;
  }
}

function whenText(when: Sources | undefined): string {
  const text = sourcesText(when);
  return text === '' ? '' : ` (because ${text})`;
}

function sourcesText(sources: Sources | undefined): string {
  const told = Object.entries(sources ?? {}).filter(([path]) => !path.startsWith('params.'));
  const more = told.length > SOURCES_TOLD ? `, and ${told.length - SOURCES_TOLD} more` : '';
  const texts = told.slice(0, SOURCES_TOLD).map(([path, value]) => `${fieldLabel(path)} ${valueText(value)}`);
  return texts.join(', ') + more;
}

/** A value as people read it; texts in quotation marks, cut where they are long. */
export function valueText(value: Value): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return `“${cut(value.replace(/\s+/g, ' '))}”`;
  if (typeof value !== 'object') return String(value);
  const { minor, currency } = value as { readonly minor?: unknown; readonly currency?: unknown };
  if (typeof minor === 'number' && typeof currency === 'string') return moneyText({ minor, currency });
  return cut(JSON.stringify(value));
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST - 1).join('')}…`;
}
