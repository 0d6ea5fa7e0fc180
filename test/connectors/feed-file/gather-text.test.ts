import { describe, expect, it } from 'vitest';
import { canonical } from '../../../connectors/feed-file/canonical.js';
import { gatherText } from '../../../src/channel/gather-text.js';

describe('gathering the text of a feed', () => {
  it('passes on every byte in order, whatever the texts are made of and however long they are', async () => {
    const pieces: Uint8Array[] = [];
    const gathered = gatherText(async (bytes) => {
      pieces.push(bytes);
    });
    const texts = [
      '',
      'plain',
      'é'.repeat(30_000),
      '™'.repeat(100_000),
      '😀'.repeat(40_000),
      'broken \ud800',
      'end',
    ];
    for (const text of texts) await gathered.add(text);
    await gathered.flush();
    expect(pieces.length).toBeGreaterThan(2);
    expect(Buffer.concat(pieces).equals(Buffer.from(texts.join('')))).toBe(true);
  });
});

describe('the canonical listing', () => {
  it('is the listing itself when there is nothing to clean', () => {
    const listing = {
      title: 'Shirt 😀',
      additional_image_link: ['a', 'b'],
      shipping: [{ country: 'US' }],
      stock: 3,
    };
    expect(canonical(listing)).toBe(listing);
  });

  it('cleans texts at every depth and leaves out what is absent', () => {
    const listing = {
      title: ' Shirt\u0000 ',
      gone: undefined,
      links: ['a\u0001', 'b'],
      shipping: [{ service: 'x\ud800' }],
    };
    expect(canonical(listing)).toEqual({ title: 'Shirt', links: ['a', 'b'], shipping: [{ service: 'x' }] });
    expect(Object.keys(canonical(listing))).not.toContain('gone');
  });
});
