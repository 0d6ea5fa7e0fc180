import { stat } from 'node:fs/promises';
import { importFrom } from '../src/catalog/import-from.js';
import { openHouse, SHOP } from './house.js';
import { type ProgramInput, type ProgramOutcome, timed } from './program.js';

/** The Shopify CSV into an empty catalog: read, staged, proven, judged, merged. Leaves `omnifeed.db` in its folder. */
export async function program(input: ProgramInput): Promise<ProgramOutcome> {
  const app = await openHouse(input);
  try {
    const { result, ...time } = await timed(() =>
      importFrom(app, { source: app.source(SHOP), actor: 'bench' }),
    );
    if (result.variants !== input.catalog.variants || result.created !== result.variants)
      throw new Error(`${result.created} of ${input.catalog.variants} variants were created`);
    const { rows, rejectedRows, warnings } = result;
    const { size } = await stat(input.catalog.csv);
    return { ...time, items: result.variants, bytes: size, facts: { rows, rejectedRows, warnings } };
  } finally {
    await app.close();
  }
}
