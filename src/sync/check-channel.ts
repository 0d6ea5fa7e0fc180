import type { OpenChannel } from '../channel/connector.js';
import { ChannelError } from '../domain/errors.js';

/** Why a channel cannot work now, in one sentence for the operator; null: it can. */
export async function checkFailure(open: OpenChannel): Promise<string | null> {
  try {
    const issue = (await open.check()).find((found) => found.severity === 'error');
    return issue === undefined ? null : `${issue.message}. ${issue.advice ?? ''}`.trim();
  } catch (error) {
    if (error instanceof ChannelError) return `${error.message}. ${error.advice}`;
    throw error;
  }
}
