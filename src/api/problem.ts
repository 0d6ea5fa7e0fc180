import type { ErrorObject } from 'ajv';
import { ConfigError } from '../config/config-error.js';
import { ChannelError, InvariantError, OmnifeedError, OperatorError, type Owner } from '../domain/errors.js';

/** One member of a request that is not right. */
export interface FaultyMember {
  /** JSON pointer into the body (`/settings/merchantId`), or `?limit` for the query and `:sku` for the path. */
  readonly pointer: string;
  readonly message: string;
  readonly advice: string | null;
}

/** Every answer that is no success: `application/problem+json` (RFC 9457) with our own members. */
export interface Problem {
  readonly status: number;
  /** Stable machine word. */
  readonly code: string;
  /** What happened, for people. */
  readonly title: string;
  /** Who must act. */
  readonly owner: Owner;
  /** What to do. */
  readonly advice: string;
  /** What is wrong where; empty unless the request is. */
  readonly pointers: readonly FaultyMember[];
  /** Names this call in the log. */
  readonly requestId: string;
}

/** A call that is refused, said by a route: the caller's to correct. The answer has this status. */
export class Refusal extends OperatorError {
  readonly status: number;
  readonly pointers: readonly FaultyMember[];

  constructor(
    status: 400 | 401 | 403 | 404 | 409 | 410 | 412 | 413 | 415 | 422 | 423 | 429,
    ...[code, message, advice, pointers = []]: [
      code: string,
      message: string,
      advice: string,
      pointers?: readonly FaultyMember[],
    ]
  ) {
    super(code, message, advice);
    this.status = status;
    this.pointers = pointers;
  }
}

/** No address of the API. */
export const NOWHERE = new Refusal(
  404,
  'not_found',
  'There is nothing here.',
  'Check the address: /api/docs lists them.',
);

/** There is no such thing. `what`: "product". */
export function noSuch(what: string, id: string): Refusal {
  const shown = id.length > 100 ? `${id.slice(0, 100)}…` : id;
  return new Refusal(
    404,
    `unknown_${what.replaceAll(' ', '_')}`,
    `There is no ${what} "${shown}".`,
    'Check the name, or look it up in the list.',
  );
}

/**
 * The problem that tells of a failure. Faults of the house are not shown in detail: outside, nobody can do anything with them; they are in
 * the log under the request's id.
 */
export function problemOf(error: unknown, requestId: string): Problem {
  const { validation, validationContext } = error as {
    validation?: ErrorObject[];
    validationContext?: string;
  };
  if (validation)
    return { ...OFF_SHAPE, pointers: faulty(validation, validationContext ?? 'body'), requestId };
  const status = statusOf(error);
  if (error instanceof OmnifeedError && status < 500)
    return {
      status,
      code: error.code,
      title: error.message,
      owner: error.owner,
      advice: error.advice,
      pointers: pointersOf(error),
      requestId,
    };
  if (error instanceof ChannelError)
    return {
      status,
      code: error.code,
      title: error.message,
      owner: error.owner,
      advice: error.advice,
      pointers: [],
      requestId,
    };
  return status >= 500 ? { ...FAILED, status, requestId } : { ...framework(status, error), requestId };
}

const OFF_SHAPE = {
  status: 400,
  code: 'request_not_understood',
  title: 'The request does not have the shape this address takes.',
  owner: 'operator',
  advice: 'Correct the members that are named.',
} as const;

const FAILED = {
  code: 'failed',
  title: 'Something in Omnifeed is not as it must be; the log says what.',
  owner: 'us',
  advice: 'Try again later. If it stays, look into the log for the request’s id.',
  pointers: [],
} as const;

function framework(status: number, error: unknown): Omit<Problem, 'requestId'> {
  const many = status === 429;
  return {
    status,
    code: many ? 'too_many_calls' : (CODES[status] ?? 'bad_request'),
    title: error instanceof Error ? error.message.slice(0, 300) : 'The request cannot be taken.',
    owner: 'operator',
    advice: many ? 'Wait a minute.' : 'Correct the request.',
    pointers: [],
  };
}

const CODES: Readonly<Record<number, string>> = {
  404: 'not_found',
  413: 'body_too_large',
  414: 'address_too_long',
  415: 'media_type_unknown',
};

/** Statuses of refusals that come from deeper in the house; all others are 422, and 404 for what is unknown. */
const OF_CODES: Readonly<Record<string, number>> = {
  sign_in_refused: 401,
  second_factor_asked: 401,
  code_wrong: 403,
  sign_in_throttled: 429,
  entry_token_gone: 410,
  sku_unknown: 404,
  product_unknown: 404,
  email_taken: 409,
  last_admin: 409,
  part_taken: 409,
  part_moved: 409,
  second_factor_there: 409,
};

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status;
  if (error instanceof ChannelError) return error.kind === 'throttled' ? 503 : 502;
  if (error instanceof InvariantError) return 500;
  if (error instanceof OperatorError)
    return OF_CODES[error.code] ?? (error.code.startsWith('unknown_') ? 404 : 422);
  const given = (error as { statusCode?: unknown }).statusCode;
  return typeof given === 'number' && given >= 400 && given < 500 ? given : 500;
}

function pointersOf(error: OmnifeedError): readonly FaultyMember[] {
  if (error instanceof Refusal) return error.pointers;
  if (error instanceof ConfigError)
    return error.mistakes.map(({ path, message, advice }) => ({
      pointer: path === '' ? '' : `/${path.split('.').join('/')}`,
      message,
      advice,
    }));
  return [];
}

/** So many are told of one request. */
const MOST_POINTERS = 20;

function faulty(errors: readonly ErrorObject[], context: string): FaultyMember[] {
  const told = new Map<string, FaultyMember>();
  for (const error of errors) {
    const pointer = pointerOf(error, context);
    if (!told.has(pointer) && told.size < MOST_POINTERS)
      told.set(pointer, { pointer, message: error.message ?? 'is not allowed', advice: null });
  }
  return [...told.values()];
}

function pointerOf({ instancePath, params, keyword }: ErrorObject, context: string): string {
  const member =
    keyword === 'required'
      ? String(params.missingProperty)
      : keyword === 'additionalProperties'
        ? String(params.additionalProperty)
        : null;
  const escaped =
    member === null ? '' : `/${member.slice(0, 200).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const path = `${instancePath}${escaped}`;
  const mark = context === 'querystring' ? '?' : context === 'params' ? ':' : null;
  return mark === null ? path : `${mark}${path.slice(1)}`;
}
