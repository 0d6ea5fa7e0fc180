import { pipeline, type Readable, Transform } from 'node:stream';
import axios, { type AxiosResponse, isAxiosError, type LookupAddress } from 'axios';
import { OmnifeedError, OperatorError } from '../../domain/errors.js';
import { readUrl } from '../../domain/web-address.js';
import { redirectRules } from './redirect-rules.js';

const DEADLINE_MS = 15 * 60_000;
const REDIRECTS = 3;
const MAX_BYTES = 2 * 1024 ** 3;
const LONGEST_VALIDATOR = 1_000;

/** What a server says to tell one state of a file from another (RFC 9110, 8.8). */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** A download under way, or the server's word (304) that the file is still the one of the validators given. */
export type Fetched =
  | { readonly modified: true; readonly body: Readable; readonly validators: Validators }
  | { readonly modified: false };

/** How a source is fetched. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  /** Of the state that was read before: that one is not sent again. */
  readonly known?: Validators | undefined;
  readonly maxBytes?: number;
}

/**
 * The body of a source on the web as a stream. Only http and https, no credentials in the address, at most three redirects, one deadline
 * for the whole download, at most `maxBytes`. An answer that does not say how long it is could be cut without our noticing and is refused.
 * The operator may name a host in his own network; a server may not send us to one (`source_redirect_refused`).
 */
export async function fetchSource(address: string, options: FetchOptions): Promise<Fetched> {
  const { maxBytes = MAX_BYTES, known = {} } = options;
  refuseAddress(address);
  const response = await get(address, conditions(known), options.signal);
  if (response.status === 304 && isConditional(known)) {
    response.data.destroy();
    return { modified: false };
  }
  if (response.status !== 200) {
    response.data.destroy();
    throw unavailable(address, `the server answered ${response.status}`);
  }
  const { 'content-length': length, 'transfer-encoding': coding } = response.headers;
  if (length === undefined && !String(coding ?? '').includes('chunked')) {
    response.data.destroy();
    throw unavailable(
      address,
      'the server does not say how long the file is, so a cut download could not be noticed',
    );
  }
  if (Number(length ?? 0) > maxBytes) {
    response.data.destroy();
    throw tooLarge(address, maxBytes);
  }
  const body = pipeline(response.data, bounded(address, maxBytes), () => undefined);
  return { modified: true, body, validators: validatorsOf(response) };
}

function isConditional({ etag, lastModified }: Validators): boolean {
  return etag !== undefined || lastModified !== undefined;
}

function conditions({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
  };
}

function validatorsOf({ headers }: AxiosResponse): Validators {
  const etag = headerText(headers.etag);
  const lastModified = headerText(headers['last-modified']);
  return {
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

function headerText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_VALIDATOR ? value : undefined;
}

/** Passes bytes on and fails at the first beyond the bound; a part is never taken for the whole. */
function bounded(address: string, maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > maxBytes) done(tooLarge(address, maxBytes));
      else done(null, chunk);
    },
  });
}

function tooLarge(address: string, maxBytes: number): OmnifeedError {
  return unavailable(address, `the file has more than ${maxBytes} bytes`);
}

async function get(
  address: string,
  conditional: Record<string, string>,
  signal: AbortSignal,
): Promise<AxiosResponse<Readable>> {
  const rules = redirectRules(address);
  try {
    return await axios.get<Readable>(address, {
      responseType: 'stream',
      decompress: false,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'omnifeed', ...conditional },
      maxRedirects: REDIRECTS,
      lookup: (host, options, done) =>
        rules.lookup(host, { ...options, all: true }, (error, found) =>
          done(error, found as LookupAddress[]),
        ),
      beforeRedirect: rules.next,
      proxy: false,
      validateStatus: () => true,
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
  } catch (error) {
    signal.throwIfAborted();
    const refused = operatorErrorIn(error);
    if (refused) throw refused;
    throw unavailable(address, isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer');
  }
}

/** Our own refusal, however deep the HTTP library has wrapped it. */
function operatorErrorIn(error: unknown): OperatorError | null {
  if (error instanceof OperatorError) return error;
  return error instanceof Error && error.cause !== undefined ? operatorErrorIn(error.cause) : null;
}

function refuseAddress(address: string): void {
  const url = readUrl(address);
  if (
    url &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === ''
  )
    return;
  throw new OperatorError(
    'bad_source_address',
    'The address of the source is no plain http or https address',
    'Write it as https://host/path, without user name and password.',
  );
}

/** The query of an address may hold a key, so it is not shown. */
function unavailable(address: string, why: string): OmnifeedError {
  const { origin, pathname } = new URL(address);
  return new OmnifeedError(`${origin}${pathname} cannot be read: ${why}`, {
    code: 'source_unavailable',
    owner: 'operator',
    advice: 'Check the address; the import is tried again at its next time. What is live stays live.',
  });
}
