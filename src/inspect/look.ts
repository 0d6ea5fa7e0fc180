import { createHash } from 'node:crypto';
import type { ImageFacts, Sight, SightFacts } from '../channel/inspection.js';
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
    etag: etagOf(before),
    signal,
    ...(find === undefined ? {} : { find }),
  });
  const marks = before?.facts.kind === 'image' ? marksOf(before.facts) : {};
  if (!answer.changed) {
    if (before === null) return { facts: unseen(sight, 'unreachable'), etag: null };
    return { facts: redirected(before.facts, answer.redirectedTo), etag: before.etag };
  }
  if ('failure' in answer) return { facts: { ...unseen(sight, answer.failure), ...marks }, etag: null };
  const { status, redirectedTo, etag, bytes, head } = answer;
  const reply = { status, failure: null };
  const isGood = status >= 200 && status < 300;
  if (sight.kind === 'image') {
    const image = isGood ? readImage(head) : { type: null, width: null, height: null };
    const seen = image.type === null ? marks : marksAfter(marks, head);
    return { facts: { kind: 'image', ...reply, ...image, bytes: isGood ? bytes : null, ...seen }, etag };
  }
  const facts = { kind: 'page', ...reply, offers: isGood ? readPage(head.toString('utf8')) : [] } as const;
  return { facts: redirected(facts, redirectedTo), etag };
}

/** A picture whose mark is not known yet is asked for whole, or it would never get one. */
function etagOf(before: KnownSight | null): string | null {
  return before?.facts.kind === 'image' && before.facts.mark === undefined ? null : (before?.etag ?? null);
}

type Marks = Pick<ImageFacts, 'mark' | 'firstMark'>;

function marksOf({ mark, firstMark }: ImageFacts): Marks {
  return mark === undefined || firstMark === undefined ? {} : { mark, firstMark };
}

/** 64 bits are plenty to tell two pictures of one address apart. */
function marksAfter(before: Marks, head: Buffer): Marks {
  const mark = createHash('sha256').update(head).digest('hex').slice(0, 16);
  return { mark, firstMark: before.firstMark ?? mark };
}

function redirected(facts: SightFacts, to: string | null): SightFacts {
  if (facts.kind === 'image') return facts;
  const { redirectedTo: _, ...page } = facts;
  return to === null ? page : { ...page, redirectedTo: to };
}

function unseen({ kind }: Sight, failure: NonNullable<SightFacts['failure']>): SightFacts {
  const reply = { status: null, failure };
  return kind === 'image'
    ? { kind, ...reply, type: null, width: null, height: null, bytes: null }
    : { kind, ...reply, offers: [] };
}
