import type { Sight, SightFacts } from '../channel/inspection.js';
import { fetchSight } from './fetch-sight.js';
import type { HostFinder } from './public-host.js';
import { readImage } from './read-image.js';
import { readPage } from './read-page.js';
import type { KnownSight } from './sight-cache.js';

/** Headers of pictures, with room for thumbnails in front of the size; pages of shops with much script. */
const MOST_BYTES = { image: 256 * 1024, page: 2 * 1024 * 1024 } as const;

/** Looks at one sight. What has not changed since keeps its facts; nothing but our own stop throws. */
export async function look(
  sight: Sight,
  before: KnownSight | null,
  { signal, find }: { readonly signal: AbortSignal; readonly find?: HostFinder },
): Promise<{ readonly facts: SightFacts; readonly etag: string | null }> {
  const answer = await fetchSight(sight.url, {
    maxBytes: MOST_BYTES[sight.kind],
    etag: before?.etag ?? null,
    signal,
    ...(find === undefined ? {} : { find }),
  });
  if (!answer.changed) return before ?? { facts: unseen(sight, 'unreachable'), etag: null };
  if ('failure' in answer) return { facts: unseen(sight, answer.failure), etag: null };
  const { status, etag, bytes, head } = answer;
  const reply = { status, failure: null };
  const isGood = status >= 200 && status < 300;
  if (sight.kind === 'image') {
    const image = isGood ? readImage(head) : { type: null, width: null, height: null };
    return { facts: { kind: 'image', ...reply, ...image, bytes: isGood ? bytes : null }, etag };
  }
  return { facts: { kind: 'page', ...reply, offers: isGood ? readPage(head.toString('utf8')) : [] }, etag };
}

function unseen({ kind }: Sight, failure: NonNullable<SightFacts['failure']>): SightFacts {
  const reply = { status: null, failure };
  return kind === 'image'
    ? { kind, ...reply, type: null, width: null, height: null, bytes: null }
    : { kind, ...reply, offers: [] };
}
