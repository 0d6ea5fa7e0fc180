import type { JsonObject, JsonValue } from '../domain/json.js';
import { isJsonArray } from '../domain/json.js';

/** What stands where a secret stood. */
export const REDACTED = '[redacted]';

const SECRET_NAME =
  /(authorization|cookie|passw|secret|token|api_?-?key|private_?-?key|data_?-?key|signature|credential|proof)/i;
const BUYER_NAME = /^(buyer|recipient|e-?mail|phone|address|address\d|street)$/i;
const SHORTEST_SECRET = 6;

/** Takes secrets and buyer data out of what is written down: by the name of the member and by the values it was told. */
export interface Redactor {
  /** From now on this value appears nowhere. Values under six characters are left alone: they would blank out words. */
  hide(secret: string): void;
  text(text: string): string;
  object(facts: JsonObject): JsonObject;
}

/** A redactor that knows no values yet. */
export function redactor(): Redactor {
  const values = new Set<string>();

  function text(written: string): string {
    let clean = written;
    for (const value of values) if (clean.includes(value)) clean = clean.replaceAll(value, REDACTED);
    return clean;
  }

  function value(member: JsonValue): JsonValue {
    if (typeof member === 'string') return text(member);
    if (member === null || typeof member !== 'object') return member;
    return isJsonArray(member) ? member.map(value) : object(member);
  }

  function object(facts: JsonObject): JsonObject {
    const clean: Record<string, JsonValue> = {};
    for (const [name, member] of Object.entries(facts)) {
      if (member === undefined) continue;
      const hidden = SECRET_NAME.test(name) || BUYER_NAME.test(name);
      clean[name] = hidden && member !== null ? REDACTED : value(member);
    }
    return clean;
  }

  return {
    hide(secret) {
      if (secret.length < SHORTEST_SECRET) return;
      values.add(secret);
      values.add(encodeURIComponent(secret));
    },
    text,
    object,
  };
}
