import type { Readable } from 'node:stream';
import axios, { type AxiosResponse, isAxiosError } from 'axios';
import { OmnifeedError, OperatorError } from '../../domain/errors.js';

const DEADLINE_MS = 15 * 60_000;
const REDIRECTS = 3;

/**
 * The body of a source on the web as a stream. Only http and https, no credentials in the address, at most three redirects, one deadline
 * for the whole download. An answer that does not say how long it is could be cut without our noticing and is refused.
 */
export async function fetchSource(address: string, signal: AbortSignal): Promise<Readable> {
  refuseAddress(address);
  const response = await get(address, signal);
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
  return response.data;
}

async function get(address: string, signal: AbortSignal): Promise<AxiosResponse<Readable>> {
  try {
    return await axios.get<Readable>(address, {
      responseType: 'stream',
      decompress: false,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'omnifeed' },
      maxRedirects: REDIRECTS,
      proxy: false,
      validateStatus: () => true,
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
  } catch (error) {
    throw unavailable(address, isAxiosError(error) ? (error.code ?? 'no answer') : 'no answer');
  }
}

function refuseAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
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
