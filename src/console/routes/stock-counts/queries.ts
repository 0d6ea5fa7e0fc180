import type { CountsTaken } from '../../../api/shapes/stock.js';
import { call } from '../../app/call.js';

/** Hands a file of counts in. */
export function sendCounts(
  file: File,
  about: { readonly location: string; readonly reason: string },
): Promise<CountsTaken> {
  return call<CountsTaken>('POST', '/stock/counts/file', {
    query: { location: about.location.trim(), reason: about.reason.trim() },
    body: new Blob([file], { type: 'text/csv' }),
  });
}
