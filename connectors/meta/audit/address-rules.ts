import { type AuditRule, objectsOf, textOf, valuesOf } from '../../../src/channel/audit-rule.js';
import { isJsonArray, isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { readUrl } from '../../../src/domain/web-address.js';
import { OVERRIDES } from '../attributes.js';
import { FROM, VERIFIED } from './sources.js';

/** A file's cell for further pictures (catalog fields, verified 2026-11). */
const CELL_MAX = 2_000;
/** A parameter that holds a time of seconds or milliseconds since 1970. */
const TIME_STAMP = /[?&](?:[a-z_]*=)?1[5-9]\d{8}(?:\d{3})?(?:&|$)/i;

/** Rules about links and pictures. Nothing is fetched. */
export const ADDRESS_RULES: readonly AuditRule[] = [
  {
    code: 'EMPTY_IMAGE_URL',
    severity: 'error',
    attribute: 'image_link',
    about: 'one of image_link and image must be there',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) =>
      listing.image_link === undefined && valuesOf(listing, 'image').length === 0
        ? 'The listing has no picture.'
        : null,
    advice: 'Give the product a picture.',
  },
  {
    code: 'PRODUCT_URL_EQUALS_DOMAIN',
    severity: 'error',
    attribute: 'link',
    about: 'a link to the start page instead of the page of the item',
    source: FROM.errors,
    verified: VERIFIED,
    complaint: (listing) => {
      const link = addressOf(listing, 'link');
      return link !== null && link.pathname === '/' && link.search === ''
        ? 'The link is the start page, not the page of the item.'
        : null;
    },
    advice: 'Link to the page of the item in your own shop.',
  },
  {
    code: 'LINK_TO_META',
    severity: 'error',
    attribute: 'link',
    about: 'a link to Facebook or Instagram itself',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) =>
      /(^|\.)(facebook|instagram|fb)\.com$/.test(addressOf(listing, 'link')?.hostname ?? '')
        ? 'The link leads to Meta itself.'
        : null,
    advice: 'Link to the page of the item in your own shop.',
  },
  {
    code: 'LINK_OUTSIDE_DOMAINS',
    severity: 'error',
    attribute: 'link',
    about:
      'with `allowedDomains` in the settings, a page outside of them and their subdomains; Meta asks for the shop’s own domain',
    source: FROM.fields,
    verified: '2026-11-25',
    complaint: (listing, { settings }) => {
      const domains = isJsonArray(settings?.allowedDomains) ? settings.allowedDomains.map(String) : null;
      if (domains === null) return null;
      const outside = pagesOf(listing).find((host) => !domains.some((domain) => isWithin(host, domain)));
      return outside === undefined ? null : `${outside} is none of ${domains.join(', ')}.`;
    },
    advice: 'Correct the link, or add the domain to allowedDomains in the settings.',
  },
  {
    code: 'ADDRESS_NOT_PUBLIC',
    severity: 'error',
    attribute: 'link',
    about: 'a link or picture that only this network can reach',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) => {
      const inner = ['link', 'image_link'].find((name) =>
        isInner(addressOf(listing, name)?.hostname ?? 'a.b'),
      );
      return inner === undefined
        ? null
        : `${inner} leads to ${addressOf(listing, inner)?.hostname}, which Meta cannot reach.`;
    },
    advice: 'Use the public address of the shop.',
  },
  {
    code: 'IMAGE_NOT_SECURE',
    severity: 'info',
    attribute: 'image_link',
    about: 'pictures over http; https is preferred',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) =>
      addressOf(listing, 'image_link')?.protocol === 'http:' ? 'The picture is served over http.' : null,
    advice: 'Serve pictures over https.',
  },
  {
    code: 'IMAGE_CACHE_BUSTER',
    severity: 'warning',
    attribute: 'image_link',
    about: 'a time in the address of a picture, which stops fetching when it changes every run',
    source: FROM.images,
    verified: VERIFIED,
    complaint: (listing) => {
      const stamped = [textOf(listing, 'image_link'), ...valuesOf(listing, 'additional_image_link')].find(
        (address) => typeof address === 'string' && TIME_STAMP.test(address),
      );
      return stamped === undefined || stamped === null
        ? null
        : `The picture's address carries a time (${String(stamped).slice(-40)}).`;
    },
    advice: 'Change the address only when the picture changes, for example with a hash of the file.',
  },
  {
    code: 'ADDITIONAL_IMAGES_CUT',
    severity: 'warning',
    attribute: 'additional_image_link',
    about: 'further pictures over 2,000 characters together do not fit a file',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) => {
      const length = valuesOf(listing, 'additional_image_link').map(String).join(',').length;
      return length > CELL_MAX
        ? `The addresses of further pictures have ${length} characters; the daily file carries those that fit ${CELL_MAX}.`
        : null;
    },
    advice: 'Send fewer pictures, or give them shorter addresses.',
  },
  {
    code: 'APP_PACKAGE_MISSING',
    severity: 'warning',
    attribute: 'applink',
    about: 'an Android page without the package of the app',
    source: FROM.fields,
    verified: VERIFIED,
    complaint: (listing) => {
      const link = isJsonObject(listing.applink) ? listing.applink : {};
      return link.android_url !== undefined && link.android_package === undefined
        ? 'The Android page has no package.'
        : null;
    },
    advice: 'Add android_package.',
  },
  {
    code: 'SHIPPING_TWICE',
    severity: 'warning',
    attribute: 'shipping',
    about: 'the same country and service twice',
    source: FROM.batch,
    verified: VERIFIED,
    complaint: (listing) => {
      const keys = objectsOf(listing, 'shipping').map(
        ({ shipping_country, shipping_region, shipping_service }) =>
          `${String(shipping_country)}:${String(shipping_region ?? '')}:${String(shipping_service ?? '')}`,
      );
      const twice = keys.find((key, place) => keys.indexOf(key) !== place);
      return twice === undefined ? null : `Shipping for ${twice} is given twice.`;
    },
    advice: 'Keep one price per country, region and service.',
  },
];

function addressOf(listing: JsonObject, name: string): URL | null {
  const text = textOf(listing, name);
  return text === null ? null : readUrl(text);
}

/** Hosts of the pages shoppers are led to, those of single countries and languages among them. */
function pagesOf(listing: JsonObject): readonly string[] {
  return [listing, ...objectsOf(listing, OVERRIDES)]
    .flatMap((page) => [addressOf(page, 'link'), addressOf(page, 'mobile_link')])
    .flatMap((address) => (address === null ? [] : [address.hostname]));
}

function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/** Names and addresses that lead nowhere from outside: one word, private ranges, names set aside for inner use. */
function isInner(host: string): boolean {
  return (
    !host.includes('.') ||
    /^(10|127|0)\.|^192\.168\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\./.test(host) ||
    /\.(local|internal|localhost|test|lan)$/.test(host) ||
    host.startsWith('[')
  );
}
