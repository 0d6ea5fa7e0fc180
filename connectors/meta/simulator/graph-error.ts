import type { SimulatorReply } from '../../../src/channel/simulator-server.js';

/** What an error may say besides code and words. */
export interface ErrorDetail {
  readonly subcode?: number;
  readonly type?: string;
  readonly transient?: boolean;
}

/** An error in Graph's envelope. */
export function graphError(
  status: number,
  code: number,
  message: string,
  more: ErrorDetail = {},
): SimulatorReply {
  return {
    status,
    body: {
      error: {
        message: `(#${code}) ${message}`,
        type: more.type ?? 'OAuthException',
        code,
        ...(more.subcode === undefined ? {} : { error_subcode: more.subcode }),
        ...(more.transient === undefined ? {} : { is_transient: more.transient }),
        fbtrace_id: 'AsimulatedTrace',
      },
    },
  };
}

/** The answer for an object that is not there or may not be seen. */
export function noSuchObject(method: string): SimulatorReply {
  return graphError(
    400,
    100,
    `Unsupported ${method.toLowerCase()} request. The object does not exist or cannot be loaded.`,
    { subcode: 33, type: 'GraphMethodException' },
  );
}

/** The answer for a parameter that is missing or wrong. */
export function badParameter(message: string): SimulatorReply {
  return graphError(400, 100, message);
}
