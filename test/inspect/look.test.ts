import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImageFacts, PageFacts, Sight } from '../../src/channel/inspection.js';
import { look } from '../../src/inspect/look.js';
import type { KnownSight } from '../../src/inspect/sight-cache.js';
import { png } from './pictures.js';
import { bytes, type ShopServer, shopServer } from './shop-server.js';

describe('looking at a sight again', () => {
  let shop: ShopServer;
  beforeEach(async () => {
    shop = await shopServer();
  });
  afterEach(() => shop.stop());

  /** Looks as often as there are answers, each time knowing what was seen before. */
  async function looks(
    sight: Sight,
    answers: readonly (() => void)[],
  ): Promise<readonly KnownSight['facts'][]> {
    let before: KnownSight | null = null;
    const seen: KnownSight['facts'][] = [];
    for (const answer of answers) {
      answer();
      const found = await look(sight, before, { signal: new AbortController().signal, find: shop.find });
      before = { ...found, staleAt: '2026-11-25T00:00:00.000Z' };
      seen.push(found.facts);
    }
    return seen;
  }
  const replaced = (facts: KnownSight['facts']): boolean | null => {
    const { mark, firstMark } = facts as ImageFacts;
    return mark === undefined ? null : mark !== firstMark;
  };

  it('tells a picture that was replaced under its address, through failures in between, until the first one is back', async () => {
    const [old, other] = [bytes(png(900, 900), '"1"'), bytes(png(901, 900), '"2"')];
    const answer = (how: typeof old) => () => shop.answer('/a.png', how);
    const seen = await looks({ kind: 'image', url: shop.at('/a.png') }, [
      () => shop.answer('/a.png', (_request, response) => response.writeHead(503).end()),
      answer(old),
      answer(old),
      () => shop.answer('/a.png', (request) => request.socket.destroy()),
      answer(other),
      answer(other),
      answer(old),
    ]);
    expect(seen.map(replaced)).toEqual([null, false, false, false, true, true, false]);
  });

  it('fetches a picture whose bytes are not known yet whole, though its tag is', async () => {
    const sight = { kind: 'image', url: shop.at('/a.png') } as const;
    shop.answer('/a.png', bytes(png(900, 900), '"1"'));
    const facts: ImageFacts = {
      ...{ kind: 'image', status: 200, failure: null, type: 'png' },
      ...{ width: 900, height: 900, bytes: 100 },
    };
    const before = { facts, etag: '"1"', staleAt: '2026-11-25T00:00:00.000Z' };
    const seen = await look(sight, before, { signal: new AbortController().signal, find: shop.find });
    expect(replaced(seen.facts)).toBe(false);
  });

  it('tells where a page leads, also when the page itself did not change, and forgets it when it no longer does', async () => {
    const page = bytes('<p>lamp</p>', '"1"');
    shop.answer('/new', page);
    const moved = () =>
      shop.answer('/old', (_request, response) => response.writeHead(301, { location: '/new' }).end());
    const seen = await looks({ kind: 'page', url: shop.at('/old') }, [
      () => shop.answer('/old', page),
      moved,
      moved,
      () => shop.answer('/old', page),
    ]);
    const to = shop.at('/new');
    expect(seen.map((facts) => (facts as PageFacts).redirectedTo)).toEqual([undefined, to, to, undefined]);
  });
});
