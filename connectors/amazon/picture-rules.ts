import type { JsonObject } from '../../src/domain/json.js';
import { readUrl } from '../../src/domain/web-address.js';
import { error, type Finding, instances, type Rule, warning } from './audit-finding.js';

/** What can be wrong with addresses of pictures. Whether they can be fetched is seen by `omnifeed` inspections and by Amazon. */
export const PICTURE_RULES: readonly Rule[] = [
  {
    code: 'picture_not_public',
    source: 'Images: a public address, fetched without logging in',
    verified: '2026-11',
    check: (listing) => pictures(listing).flatMap(({ name, url }) => publicFinding(name, url)),
  },
  {
    code: 'picture_twice',
    source: 'Images: each picture has an attribute of its own',
    verified: '2026-11',
    check: (listing) => {
      const seen = new Set<string>();
      return pictures(listing)
        .filter(({ name }) => /^(main|other)_product_/.test(name))
        .flatMap(({ name, url }) => {
          const known = seen.has(url);
          seen.add(url);
          return known ? [warning(name, `The picture ${url} is there twice.`, 'Leave it out once.')] : [];
        });
    },
  },
  {
    code: 'offer_picture_of_new_goods',
    source: 'Images, main_offer_image_locator: pictures of the very goods, for offers that are not new',
    verified: '2026-11',
    check: (listing) =>
      instances(listing.condition_type).some(({ value }) => value === 'new_new')
        ? pictures(listing)
            .filter(({ name }) => name.includes('_offer_image_'))
            .map(({ name }) =>
              warning(
                name,
                'Pictures of the offer are for used goods.',
                'Send them as pictures of the product.',
              ),
            )
        : [],
  },
];

/** Main first, then the others in their order. */
function pictures(listing: JsonObject): readonly { readonly name: string; readonly url: string }[] {
  const names = Object.keys(listing).filter(
    (name) => name.endsWith('_image_locator') || /_image_locator_\d$/.test(name),
  );
  return names
    .sort((a, b) => Number(b.startsWith('main')) - Number(a.startsWith('main')) || (a < b ? -1 : 1))
    .flatMap((name) =>
      instances(listing[name]).flatMap(({ media_location: url }) =>
        typeof url === 'string' ? [{ name, url }] : [],
      ),
    );
}

function publicFinding(name: string, text: string): readonly Finding[] {
  const url = readUrl(text);
  if (url === null) return [error(name, `${text} is no address.`, 'Correct the address of the picture.')];
  const here =
    !url.hostname.includes('.') || /^(127|10|192\.168|169\.254)\.|\.(local|internal|lan)$/.test(url.hostname);
  if (here || url.username !== '' || url.password !== '')
    return [
      error(
        name,
        `Amazon cannot fetch ${url.hostname}: it is not public, or wants a login.`,
        'Give the picture a public address.',
      ),
    ];
  return [];
}
