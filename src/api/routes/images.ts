import { createHash } from 'node:crypto';
import { pictureSource } from '../../views/picture.js';
import { noSuch } from '../problem.js';
import { file, route } from '../route.js';
import { described, integer, object, optional, text } from '../shape.js';

/** Browsers keep a picture for a day: another one has another address. */
const KEPT = 'private, max-age=86400';

/** Pictures of the catalog, so that no page asks a merchant's host. */
export const imageRoutes = [
  route({
    method: 'GET',
    path: '/images/:id',
    permission: 'catalog:read',
    summary: 'Shows a picture of a variant or product, fetched from the merchant’s host by rules and kept.',
    params: object({ id: described(text(520), '`variant:SKU` or `product:id`.') }),
    query: object({
      place: described(
        optional(integer({ min: 0, max: 99, otherwise: 0 })),
        'Which of its pictures, from 0.',
      ),
      v: described(optional(text(40)), 'Changes with the picture, for caches; not looked at.'),
    }),
    answer: file('image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'),
    limits: { perMinute: 3_000 },
    async handle({ app, params, query, setHeader }) {
      const source = await pictureSource(app.database, params.id, query.place ?? 0);
      if (source === null) throw noSuch('picture', params.id);
      const shown = await app.images.show(source);
      // Known, but not to be had from the merchant's host, or nothing we show: whoever lists products is not told of a fault.
      if (shown === null) return null;
      setHeader('content-security-policy', "default-src 'none'; sandbox");
      const etag = `"${createHash('sha256').update(shown.bytes).digest('hex').slice(0, 32)}"`;
      return { type: shown.type, body: shown.bytes, saveAs: null, cache: KEPT, etag };
    },
  }),
];
