import { type App, type AppOptions, openApp } from '../app.js';
import type { ExitCode, GlobalOptions, Stage } from './stage.js';

/** Opens the house for one command and closes it whatever happens. */
export async function withApp(
  stage: Stage,
  options: GlobalOptions,
  work: (app: App) => Promise<ExitCode>,
  brought: Pick<AppOptions, 'meters'> = {},
): Promise<ExitCode> {
  const app = await openApp(options.config, { environment: stage.environment, ...brought });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The ids given on the command line, or all configured ones that fit. Throws for an id that is not configured. */
export function chosen<Item extends { readonly id: string }>(
  ids: readonly string[],
  all: readonly Item[],
  one: (id: string) => Item,
): readonly Item[] {
  return ids.length === 0 ? all : ids.map(one);
}

/** A count given as an option; anything that is no whole number from 0 is taken as the default. */
export function countOf(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
}
