import type { App } from '../app.js';
import type { ConfigMistake } from '../config/config-error.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import { readUrl } from '../domain/web-address.js';
import { shownSecrets, splitSecrets } from '../setup/secret-settings.js';
import { openSecrets, type PartKind, type StoredPart, storedPart } from '../setup/stored-parts.js';
import { type FaultyMember, noSuch, Refusal } from './problem.js';
import type { Setup } from './shapes/setup.js';
import { isPractice } from './watched-channels.js';

/** A channel or source as it is set up, here or in the file. Throws a Refusal (404) when there is none. */
export async function setupOf(app: App, kind: PartKind, id: string): Promise<Setup> {
  const part = await storedPart(app.database, kind, id);
  const written = groupOf(groupOf(app.config.written[kind])[id]);
  if (Object.keys(written).length > 0) return fileSetup(app, id, written);
  if (part === null) throw noSuch(kind === 'channels' ? 'channel' : 'source', id);
  const { mistakes } = await app.tryPart(part);
  const secret = part.sealed === null ? {} : openSecrets(part, await app.sealer());
  return {
    id,
    state: part.state,
    practice: app.practice.has(id), // its settings are brought; a simulator somebody runs is connected like the real one
    revision: part.revision,
    step: part.step,
    values: part.body,
    secrets: shownSecrets(secret, '/settings'),
    mistakes: pointersOf(mistakes, part).map(({ advice, ...one }) => ({ ...one, advice: advice ?? '' })),
    changedAt: part.changedAt,
    changedBy: part.changedBy,
  };
}

function fileSetup(app: App, id: string, written: JsonObject): Setup {
  const { connector } = written;
  const known = typeof connector === 'string' && app.connectors.has(connector);
  const schema = known ? app.connectors.get(connector).settingsSchema : {};
  const { open, secret } = splitSecrets(groupOf(written.settings), schema);
  const { url, ...rest } = written;
  return {
    id,
    state: 'file',
    practice: isPractice({ settings: open }),
    revision: 0,
    step: null,
    // An address may hold a password.
    values: {
      ...rest,
      ...(written.settings === undefined ? {} : { settings: open }),
      ...(typeof url === 'string' ? { url: withoutPassword(url) } : {}),
    },
    secrets: shownSecrets(secret, '/settings'),
    mistakes: [],
    changedAt: null,
    changedBy: null,
  };
}

function withoutPassword(address: string): string {
  if (readUrl(address) === null) return address;
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

/** A part that can be changed here. Throws a Refusal: 404, or 409 for what stands in the file. */
export async function changeable(app: App, kind: PartKind, id: string): Promise<StoredPart> {
  refuseInFile(app, kind, id);
  const part = await storedPart(app.database, kind, id);
  if (part === null) throw noSuch(kind === 'channels' ? 'channel' : 'source', id);
  return part;
}

/** Throws a Refusal (409) for a name the file has. */
export function refuseInFile(app: App, kind: PartKind, id: string): void {
  if (isJsonObject(groupOf(app.config.written[kind])[id]))
    throw new Refusal(
      409,
      'in_file',
      `"${id}" stands in omnifeed.yaml.`,
      'Change it there; the file counts.',
    );
}

/** Mistakes of a part as pointers into its values. */
export function pointersOf(
  mistakes: readonly ConfigMistake[],
  { kind, id }: Pick<StoredPart, 'kind' | 'id'>,
): FaultyMember[] {
  const length = `${kind}.${id}`.length;
  return mistakes.map(({ path, message, advice }) => ({
    pointer: path.slice(length).replaceAll('.', '/'),
    message,
    advice,
  }));
}

/** Throws a Refusal (422) that names every mistake. */
export function refuseMistakes(
  mistakes: readonly ConfigMistake[],
  part: Pick<StoredPart, 'kind' | 'id'>,
): void {
  if (mistakes.length === 0) return;
  const [first] = mistakes;
  throw new Refusal(
    422,
    'setup_incomplete',
    `Not everything is right yet: ${first?.message ?? ''}`,
    'Correct the members that are named.',
    pointersOf(mistakes, part),
  );
}

/** The value when it is an object, else an empty one. */
export function groupOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
