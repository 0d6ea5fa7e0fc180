import { queryOptions } from '@tanstack/react-query';
import type { Setup, SourceLook, SourcePreview } from '../../../api/shapes/setup.js';
import { call } from '../../app/call.js';
import { onceKey } from '../../app/once-key.js';
import type { Wish } from './search.js';

const ONE_MINUTE = 60_000;

/** The file as it is written, and what was detected. */
export function lookQuery(wish: Wish | null) {
  const { columns: _columns, currency: _currency, decimalMark: _mark, ...how } = wish ?? {};
  return queryOptions({
    queryKey: ['source-look', how],
    enabled: wish !== null,
    retry: false,
    staleTime: ONE_MINUTE,
    queryFn: ({ signal }) => call<SourceLook>('POST', '/sources/look', { body: how, signal }),
  });
}

/** What an import would bring. Fails for a file whose columns nobody knows. */
export function previewQuery(wish: Wish | null) {
  return queryOptions({
    queryKey: ['source-preview', wish],
    enabled: wish !== null,
    retry: false,
    staleTime: ONE_MINUTE,
    queryFn: ({ signal }) => call<SourcePreview>('POST', '/sources/preview', { body: wish, signal }),
  });
}

/** A file that was handed over. */
export interface Upload {
  readonly id: string;
  readonly bytes: number;
}

/** Hands a file over. */
export function upload(file: File): Promise<Upload> {
  const bytes = file.slice(0, file.size, 'application/octet-stream');
  return call<Upload>('POST', '/uploads', { query: { name: file.name.slice(-200) }, body: bytes });
}

/** The example shop, as if its file had been handed over. */
export function uploadExample(): Promise<Upload> {
  return call<Upload>('POST', '/uploads/example', { idempotencyKey: onceKey() });
}

/** Sets the source up; it is imported at once. */
export function addSource(body: { readonly id: string; readonly source: Wish }): Promise<Setup> {
  return call<Setup>('POST', '/sources', { body, idempotencyKey: onceKey() });
}
