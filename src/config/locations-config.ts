import type { JsonObject, JsonValue } from '../domain/json.js';
import { isJsonArray, isJsonObject } from '../domain/json.js';
import { LOCATION_USES, type Location, type LocationUse, type Staff } from '../domain/location.js';
import type { ConfigMistake } from './config-error.js';
import type { ConfigFile, ConfigPath } from './config-file.js';
import { members } from './config-members.js';
import { hoursMistakes, hoursOf } from './hours-config.js';

const TEXT = { type: 'string', minLength: 1, maxLength: 200 } as const;
const EMAIL = {
  type: 'string',
  maxLength: 254,
  pattern: '^[^\\s@<>",;:]+@[^\\s@<>",;:]+$',
} as const;

/** The shape of one of the `locations:`, whose names are the ids the stock is counted under. */
export const LOCATION = {
  type: 'object',
  required: ['zone'],
  additionalProperties: false,
  properties: {
    name: TEXT,
    code: TEXT,
    countedBy: TEXT,
    zone: TEXT,
    hours: { type: 'object' },
    exceptions: { type: 'object' },
    uses: { type: 'array', items: { enum: [...LOCATION_USES] }, uniqueItems: true },
    priority: { type: 'integer', minimum: 0, maximum: 1_000_000 },
    bin: TEXT,
    readyWithinMinutes: { type: 'integer', minimum: 1, maximum: 100_000 },
    keepDays: { type: 'integer', minimum: 1, maximum: 365 },
    staff: {
      type: 'object',
      additionalProperties: false,
      properties: {
        email: { type: 'array', items: EMAIL, maxItems: 20, uniqueItems: true },
        webhook: {
          type: 'object',
          required: ['url', 'secret'],
          additionalProperties: false,
          properties: {
            url: { type: 'string', pattern: '^https?://[^\\s@]+$', maxLength: 2_000 },
            secret: { type: 'string', minLength: 24 },
          },
        },
      },
    },
  },
} as const;

/** The shape of `mail:`: through which server the house sends letters, and as whom. */
export const MAIL = {
  type: 'object',
  required: ['server', 'from'],
  additionalProperties: false,
  properties: {
    server: { type: 'string', pattern: '^smtps?://[^\\s]+$', maxLength: 2_000 },
    from: EMAIL,
  },
} as const;

/** The locations of a checked configuration, in the order of the file. Without `uses` parcels leave from there and nothing else. */
export function locationsOf(locations: JsonValue | undefined): Location[] {
  return members(locations).map(([id, about], at) => ({
    id,
    name: textOr(about.name, id),
    code: typeof about.code === 'string' ? about.code : null,
    countedBy: typeof about.countedBy === 'string' ? about.countedBy : null,
    zone: String(about.zone),
    hours: hoursOf(about.hours, about.exceptions),
    uses: isJsonArray(about.uses) ? (about.uses as readonly LocationUse[]) : ['ship'],
    priority: typeof about.priority === 'number' ? about.priority : at + 1,
    bin: textOr(about.bin, 'bin'),
    readyWithinMinutes: typeof about.readyWithinMinutes === 'number' ? about.readyWithinMinutes : null,
    keepDays: typeof about.keepDays === 'number' ? about.keepDays : null,
    staff: staffOf(about.staff),
  }));
}

function staffOf(staff: JsonValue | undefined): Staff {
  if (!isJsonObject(staff)) return { emails: [], webhook: null };
  const { email, webhook } = staff;
  return {
    emails: isJsonArray(email) ? email.map(String) : [],
    webhook: isJsonObject(webhook) ? { url: String(webhook.url), secret: String(webhook.secret) } : null,
  };
}

/** Hours that can be read, codes that name one location each, and a server for letters where there is somebody to write to. */
export function locationMistakes(file: ConfigFile): ConfigMistake[] {
  const { locations, mail } = file.content;
  const codes = new Map<string, string>();
  return members(locations).flatMap(([id, about]) => {
    const at = ['locations', id];
    return [
      ...hoursMistakes(file, at, about),
      ...codeMistakes(file, at, about, codes),
      ...letterMistakes(file, [...at, 'staff', 'email'], about, mail),
    ];
  });
}

function codeMistakes(
  ...[file, at, { code }, codes]: [ConfigFile, ConfigPath, JsonObject, Map<string, string>]
): ConfigMistake[] {
  if (typeof code !== 'string') return [];
  const other = codes.get(code);
  codes.set(code, at.at(-1) ?? '');
  if (other === undefined) return [];
  const words = { message: `is the code of ${other} too`, advice: 'Give every location a code of its own.' };
  return [file.mistake([...at, 'code'], words)];
}

function letterMistakes(
  ...[file, path, { staff }, mail]: [ConfigFile, ConfigPath, JsonObject, JsonValue | undefined]
): ConfigMistake[] {
  if (mail !== undefined || !isJsonObject(staff) || staff.email === undefined) return [];
  const advice = 'Add `mail:` with the address of your mail server and the one letters come from.';
  return [file.mistake(path, { message: 'no letter can be sent: there is no mail server', advice })];
}

function textOr(value: JsonValue | undefined, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
