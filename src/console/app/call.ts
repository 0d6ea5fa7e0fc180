import type { Problem } from '../../api/problem.js';

/** A value of the query; `undefined` and empty text are left out. */
export type QueryValue = string | number | boolean | readonly string[] | null | undefined;

/** A call of the API. */
export interface CallOptions {
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** Revision the caller has seen: the write is refused when there is a newer one. */
  readonly ifMatch?: string;
  /** So that a write that is repeated (a broken connection, a double press) happens once. */
  readonly idempotencyKey?: string;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const BASE = '/api/v1';

/** An answer that is no success, with the API's own words. `message` is the title. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly advice: string;
  readonly pointers: Problem['pointers'];
  /** What to quote when somebody asks: the code, and the name of the call in the log. */
  readonly quote: string;

  constructor(problem: Pick<Problem, 'status' | 'code' | 'title' | 'advice' | 'pointers' | 'requestId'>) {
    super(problem.title);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.advice = problem.advice;
    this.pointers = problem.pointers;
    this.quote = problem.requestId === '' ? problem.code : `${problem.code} · ${problem.requestId}`;
  }
}

/**
 * Calls the API and answers its body. `path` is below `/api/v1` and already encoded: build it with `pathOf`. Throws ApiProblem for every
 * answer that is no success, TypeError when the server cannot be reached.
 */
export async function call<Answer>(method: Method, path: string, options: CallOptions = {}): Promise<Answer> {
  const { body, signal, ifMatch, idempotencyKey } = options;
  const bytes = body instanceof Blob;
  const response = await fetch(`${BASE}${path}${queryText(options.query)}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json, application/problem+json',
      ...(method === 'GET' ? {} : { 'x-omnifeed-console': '1' }),
      ...(body === undefined || bytes ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: bytes ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) throw new ApiProblem(await problemIn(response));
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** `pathOf('/listings', 'google-us', 'A/1 #2')`: segments are percent-encoded; a SKU may hold anything. */
export function pathOf(base: string, ...segments: readonly string[]): string {
  return [base, ...segments.map(encodeURIComponent)].join('/');
}

function queryText(query: CallOptions['query']): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    const values = Array.isArray(value) ? value : [value];
    for (const each of values)
      if (each !== undefined && each !== null && each !== '') params.append(name, String(each));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The problem an answer tells of, whatever it is. */
export async function problemIn(response: Response): Promise<ConstructorParameters<typeof ApiProblem>[0]> {
  const told = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return {
    status: response.status,
    code: told.code ?? `http_${response.status}`,
    title: told.title ?? response.statusText,
    advice: told.advice ?? '',
    pointers: told.pointers ?? [],
    requestId: told.requestId ?? '',
  };
}
