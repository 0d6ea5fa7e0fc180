import { describe, expect, it } from 'vitest';
import { readUrl } from '../../src/domain/web-address.js';

describe('a web address', () => {
  it('is one however often it was read before, whatever letters it has', () => {
    const address = 'https://müller.example/café.jpg';
    let refused = 0;
    for (let n = 0; n < 200_000; n++) if (readUrl(address) === null) refused += 1;
    expect(refused).toBe(0);
    expect(readUrl(address)?.href).toBe('https://xn--mller-kva.example/caf%C3%A9.jpg');
  });

  it('is read against another one, and is nothing when it cannot be read', () => {
    expect(readUrl('a.jpg', 'https://shop.example/b/')?.href).toBe('https://shop.example/b/a.jpg');
    expect(readUrl('a.jpg')).toBeNull();
    expect(readUrl('https://')).toBeNull();
  });
});
