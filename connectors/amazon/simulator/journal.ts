import { appendFileSync } from 'node:fs';
import type { JsonObject } from '../../../src/domain/json.js';

/** An append-only file of what buyers and the seller did, for comparing after the other side was killed. */
export interface Journal {
  /** One JSON line; nothing when no file is given. Written before the call is answered. */
  write(entry: JsonObject): void;
  /** From now on to this file. */
  open(path: string): void;
}

/** A journal to the file named by `OMNIFEED_SIM_LOG`, when there is one. */
export function journal(): Journal {
  let file = process.env.OMNIFEED_SIM_LOG ?? null;
  return {
    open(path) {
      file = path;
    },
    write(entry) {
      if (file !== null && file !== '') {
        appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
      }
    },
  };
}
