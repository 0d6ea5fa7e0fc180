import { LIMITS } from '../limits.js';
import { BadData, type FunctionContext, type Value } from './definition.js';

const CHARACTERS_PER_STEP = 64;
const ENTRIES_PER_STEP = 8;

/** Charges the work budget for a text that may be longer than its input, and refuses what is too long. */
export function producedText(context: FunctionContext, text: string): string {
  if (text.length < CHARACTERS_PER_STEP) return text;
  refuseLongText(text.length);
  context.charge(Math.floor(text.length / CHARACTERS_PER_STEP));
  return text;
}

/** Charges the work budget for a list that may be longer than its input, and refuses what is too long. */
export function producedList(context: FunctionContext, list: readonly Value[]): readonly Value[] {
  if (list.length < ENTRIES_PER_STEP) return list;
  if (list.length > LIMITS.listEntries) {
    throw new BadData(
      `the list would have ${list.length} entries`,
      'the list would have more than 1,000 entries',
    );
  }
  context.charge(Math.floor(list.length / ENTRIES_PER_STEP));
  return list;
}

/** Refuses a text before it is made: some calls would need gigabytes first. */
export function refuseLongText(length: number): void {
  if (length <= LIMITS.textCharacters) return;
  throw new BadData(
    `the text would have ${length} characters`,
    'the text would have more than 100,000 characters',
  );
}
