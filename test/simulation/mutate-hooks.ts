import type { LoadHook } from 'node:module';
import type { Mutant } from './mutants.js';

let mutant: Mutant | null = null;

/** Called by Node with what `register` was given. */
export function initialize(given: Mutant): void {
  mutant = given;
}

/** Changes the text of one module on its way in; a text that is not there exactly once is a mistake of the table. */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (mutant === null || !url.endsWith(`/dist/src/${mutant.module}`)) return loaded;
  const text = String(loaded.source);
  if (text.split(mutant.find).length !== 2)
    throw new Error(`${mutant.name}: the text is not exactly once in ${mutant.module}`);
  return { ...loaded, source: text.replace(mutant.find, () => (mutant as Mutant).put) };
};
