import type { Issue } from '../../src/domain/issue.js';

/** What the store refused, for a merchant. The store's codes are its whole explanation. */
export function refusal(code: unknown): Issue {
  return {
    severity: 'error',
    code: typeof code === 'string' ? code : 'refused',
    origin: 'channel',
    message: `The store refused it (${String(code)}).`,
    advice: 'Change what the code names and send it again.',
  };
}
