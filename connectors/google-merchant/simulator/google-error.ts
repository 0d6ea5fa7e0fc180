import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';

const STATUS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  410: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** A refusal as Google writes it: `google.rpc.Status`, with an ErrorInfo where there is a reason. */
export class GoogleRefusal extends Error {
  readonly code: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: number,
    message: string,
    metadata: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.code = code;
    this.metadata = metadata;
    this.headers = headers;
  }

  reply(headers: Readonly<Record<string, string>> = {}): SimulatorReply {
    return { status: this.code, headers: { ...this.headers, ...headers }, body: this.body() };
  }

  private body(): JsonObject {
    const info = {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'refused',
      domain: 'merchantapi.googleapis.com',
      metadata: this.metadata,
    };
    return {
      error: {
        code: this.code,
        message: this.message,
        status: STATUS[this.code] ?? 'UNKNOWN',
        ...(Object.keys(this.metadata).length === 0 ? {} : { details: [info] }),
      },
    };
  }
}

/** A 400 about one field. */
export function invalid(field: string, message: string, reason = 'INVALID_VALUE'): GoogleRefusal {
  return new GoogleRefusal(400, `[${field}] ${message}`, { FIELD_LOCATION: field, REASON: reason });
}
