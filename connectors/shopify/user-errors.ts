import type { Issue } from '../../src/domain/issue.js';
import { isJsonArray, type JsonObject } from '../../src/domain/json.js';
import { listIn, textIn } from './json-path.js';

/** What Shopify says against a change: nothing was made unless the answer shows the thing that was. */
export interface UserError {
  /** Null where the mutation has no codes. */
  readonly code: string | null;
  /** Path in the input, `order.lineItems.0.quantity`. */
  readonly field: string;
  readonly message: string;
}

/** The user errors of a payload; an answer without the list throws `unreadable_answer`. */
export function userErrors(payload: JsonObject, name = 'userErrors'): readonly UserError[] {
  return listIn(payload, name).map((error) => ({
    code: typeof error.code === 'string' ? error.code : null,
    field: isJsonArray(error.field) ? error.field.map(String).join('.') : '',
    message: textIn(error, 'message').slice(0, 300),
  }));
}

/** User errors in one sentence. */
export function saidBy(errors: readonly UserError[]): string {
  return errors.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; ');
}

/** A user error as an issue for the person who looks after the order. */
export function issueOf({ code, message }: UserError, advice: string): Issue {
  return { severity: 'error', code: (code ?? 'refused').toLowerCase(), origin: 'channel', message, advice };
}
