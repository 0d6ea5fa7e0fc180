import { register } from 'node:module';
import { MUTANTS } from './mutants.js';

/** Loads the house with one bug. Throws for a name nobody knows. */
export function plantBug(name: string): void {
  const mutant = MUTANTS.find((each) => each.name === name);
  if (mutant === undefined)
    throw new Error(
      `There is no mutant "${name}". Use one of: ${MUTANTS.map((each) => each.name).join(', ')}.`,
    );
  register('./mutate-hooks.js', { parentURL: import.meta.url, data: mutant });
}
