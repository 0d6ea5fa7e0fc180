import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { type ProgramInput, type ProgramOutcome, timed } from './program.js';

/** The yardstick of imports: csv-parse alone on the same file, rows as objects by column, nothing done with them. */
export async function program({ catalog }: ProgramInput): Promise<ProgramOutcome> {
  const { result, ...time } = await timed(async () => {
    let rows = 0;
    let prices = 0;
    for await (const row of createReadStream(catalog.csv).pipe(parse({ columns: true }))) {
      rows++;
      if ((row as Record<string, string>)['Variant Price'] !== '') prices++;
    }
    return { rows, prices };
  });
  return {
    ...time,
    items: catalog.variants,
    bytes: (await stat(catalog.csv)).size,
    facts: { rows: result.rows },
  };
}
