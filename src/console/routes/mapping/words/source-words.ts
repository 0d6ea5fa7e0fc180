import type { Source } from '../../../../mapping/form/form-model.js';
import { say } from '../../../strings/say.js';
import { conditionWords } from './condition-words.js';
import { labelOf } from './labels.js';

/** Where a value comes from, as a phrase: “joined: brand, title, colour; at most 120 signs”. */
export function sourceWords(source: Source): string {
  switch (source.kind) {
    case 'nothing':
      return say('source.says.nothing');
    case 'fixed':
      return typeof source.value === 'string' ? `“${source.value}”` : String(source.value);
    case 'field':
      return labelOf(source.path);
    case 'joined':
      return say('source.says.joined', { parts: all(source.parts) });
    case 'cut':
      return say('source.says.cut', { of: sourceWords(source.of), longest: sourceWords(source.longest) });
    case 'lookup':
      return say('source.says.lookup', { table: source.table, of: sourceWords(source.of) });
    case 'category':
      return say('source.says.category', { table: source.table, of: sourceWords(source.of) });
    case 'price':
      return say(PRICED[source.how], { of: sourceWords(source.of), by: String(source.by) });
    case 'first':
      return say('source.says.first', { of: all(source.of) });
    case 'list':
      return say('source.says.list', { of: all(source.of) });
    case 'if':
      return say(source.otherwise === null ? 'source.says.if' : 'source.says.if_else', {
        condition: conditionWords(source.condition),
        chosen: sourceWords(source.chosen),
        otherwise: source.otherwise === null ? '' : sourceWords(source.otherwise),
      });
    case 'each':
      return say('source.says.each', { of: sourceWords(source.of) });
    case 'condition':
      return conditionWords(source.condition);
    case 'cleaned':
      return say('source.says.cleaned', { of: sourceWords(source.of), by: source.by });
    case 'expression':
      return source.text;
  }
}

const PRICED = {
  percent: 'source.says.percent',
  'round up': 'source.says.round_up',
  'end in': 'source.says.end_in',
} as const;

function all(sources: readonly Source[]): string {
  return sources.map(sourceWords).join(', ');
}
