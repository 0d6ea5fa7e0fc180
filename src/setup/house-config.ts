import type { Sealer } from '../channel/credentials.js';
import type { ConnectorRegistry } from '../channel/registry.js';
import type { Config } from '../config/config.js';
import type { ConfigMistake } from '../config/config-error.js';
import { type ConfigParts, withParts } from '../config/load-config.js';
import type { ReadQueries } from '../db/database.js';
import { OmnifeedError } from '../domain/errors.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import { mergePatch } from './secret-settings.js';
import { openSecrets, type PartKind, type StoredPart, storedParts } from './stored-parts.js';

/** What putting the configuration together needs. */
export interface HouseConfigParts {
  /** The file's own. */
  readonly config: Config;
  readonly connectors: ConnectorRegistry;
  readonly database: ReadQueries;
  sealer(): Promise<Sealer>;
}

/** A part that cannot be used as it is, and why. */
export interface FaultyPart {
  readonly kind: PartKind;
  readonly id: string;
  readonly mistakes: readonly ConfigMistake[];
}

/** The configuration in use: the file, and every part set up in the console that has no mistake. One that has keeps nobody else from working. */
export async function houseConfig(
  parts: HouseConfigParts,
): Promise<{ readonly config: Config; readonly faulty: readonly FaultyPart[] }> {
  const stored = (await storedParts(parts.database)).filter(({ state }) => state === 'active');
  if (stored.length === 0) return { config: parts.config, faulty: [] };
  const faulty: FaultyPart[] = [];
  let good = stored;
  for (;;) {
    const opened: { readonly part: StoredPart; readonly body: JsonObject }[] = [];
    for (const part of good) {
      const body = await openPart(part, parts);
      if ('unreadable' in body) faulty.push({ kind: part.kind, id: part.id, mistakes: [body.unreadable] });
      else opened.push({ part, body: body.body });
    }
    const { config, mistakes } = withParts(parts.config, grouped(opened), parts.connectors);
    const wrong = opened.filter(({ part }) => ofPart(mistakes, part).length > 0);
    if (mistakes.length === 0 || wrong.length === 0) return { config, faulty };
    for (const { part } of wrong)
      faulty.push({ kind: part.kind, id: part.id, mistakes: ofPart(mistakes, part) });
    good = opened.map(({ part }) => part).filter((part) => !wrong.some((bad) => bad.part === part));
  }
}

/** The configuration as it would be with this part in use, and what is wrong with it. */
export async function tryPart(
  part: StoredPart,
  parts: HouseConfigParts & { readonly current: Config },
): Promise<{ readonly config: Config; readonly mistakes: readonly ConfigMistake[] }> {
  const others = (await storedParts(parts.database)).filter(
    ({ state, kind, id }) =>
      state === 'active' && !(kind === part.kind && id === part.id) && inUse(parts.current, kind, id),
  );
  const opened: { readonly part: StoredPart; readonly body: JsonObject }[] = [];
  for (const one of [...others, part]) {
    const body = await openPart(one, parts);
    if ('body' in body) opened.push({ part: one, body: body.body });
    else if (one === part) return { config: parts.current, mistakes: [body.unreadable] };
  }
  const { config, mistakes } = withParts(parts.config, grouped(opened), parts.connectors);
  return { config, mistakes: ofPart(mistakes, part) };
}

function inUse(config: Config, kind: PartKind, id: string): boolean {
  return config[kind].some((one) => one.id === id);
}

async function openPart(
  part: StoredPart,
  parts: HouseConfigParts,
): Promise<{ readonly body: JsonObject } | { readonly unreadable: ConfigMistake }> {
  if (part.sealed === null) return { body: part.body };
  try {
    const settings = isJsonObject(part.body.settings) ? part.body.settings : {};
    return {
      body: { ...part.body, settings: mergePatch(settings, openSecrets(part, await parts.sealer())) },
    };
  } catch (error) {
    if (!(error instanceof OmnifeedError)) throw error;
    const where = { path: `${part.kind}.${part.id}.settings`, line: 0, column: 0 };
    return { unreadable: { ...where, message: error.message, advice: error.advice } };
  }
}

function grouped(opened: readonly { readonly part: StoredPart; readonly body: JsonObject }[]): ConfigParts {
  const of = (kind: PartKind): JsonObject =>
    Object.fromEntries(
      opened.filter(({ part }) => part.kind === kind).map(({ part, body }) => [part.id, body]),
    );
  return { channels: of('channels'), sources: of('sources'), schedules: of('schedules') };
}

function ofPart(
  mistakes: readonly ConfigMistake[],
  { kind, id }: Pick<StoredPart, 'kind' | 'id'>,
): ConfigMistake[] {
  const place = `${kind}.${id}`;
  return mistakes.filter(({ path }) => path === place || path.startsWith(`${place}.`));
}
