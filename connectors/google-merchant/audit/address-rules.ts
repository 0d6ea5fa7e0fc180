import { textOf } from '../../../src/channel/audit-rule.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { readUrl } from '../../../src/domain/web-address.js';
import { type GoogleRule, HELP_CENTRE, rulesOf } from './rule.js';
import { has, textsOf } from './values.js';

const PAGES = ['link', 'mobile_link', 'canonical_link', 'ads_redirect'];
const PICTURES = ['image_link', 'additional_image_link', 'lifestyle_image_link'];
const FILES = ['virtual_model_link', 'video_link', 'document_link'];

/** Rules about addresses; nothing is fetched (specification 5.1 and 5.5, pre-flight table 3, 4, 7 and 12). */
export const ADDRESS_RULES: readonly GoogleRule[] = rulesOf(HELP_CENTRE, [
  {
    code: 'address_not_public',
    severity: 'error',
    attribute: 'link',
    about: 'A public name as host: no numbers, no machine or network of your own.',
    complaint: (listing) => {
      const bad = addressesIn(listing, [...PAGES, ...PICTURES, ...FILES]).find(
        (address) => !isPublic(address),
      );
      return bad === undefined ? null : `Google cannot reach ${bad}.`;
    },
    advice: 'Use the public address of the shop, not one of a test system or private network.',
  },
  {
    code: 'address_of_test_system',
    severity: 'error',
    attribute: 'link',
    about: 'The live shop, no staging or development host.',
    complaint: (listing) => {
      const bad = addressesIn(listing, [...PAGES, ...PICTURES]).find(isTestSystem);
      return bad === undefined ? null : `${bad} is on a test system.`;
    },
    advice: 'Set the address of the live shop in the source or in the parameter shopUrl of the mapping.',
  },
  {
    code: 'address_not_ascii',
    severity: 'error',
    attribute: 'link',
    about: 'Addresses by RFC 3986: no blanks, letters beyond ASCII percent-encoded.',
    complaint: (listing) => {
      const bad = addressesIn(listing, [...PAGES, ...PICTURES, ...FILES]).find(
        (address) => !/^[!-~]+$/.test(address),
      );
      return bad === undefined ? null : `${bad} has characters that must be encoded.`;
    },
    advice: 'Use url() in the mapping; it encodes what must be encoded.',
  },
  {
    code: 'link_not_on_claimed_site',
    severity: 'error',
    attribute: 'link',
    about: 'Pages on the verified and claimed website (the setting `homepage`).',
    complaint: (listing, { settings }) => {
      const home = hostOf(textOf(settings ?? {}, 'homepage') ?? '');
      if (home === '') return null;
      const bad = addressesIn(listing, ['link', 'mobile_link']).find(
        (address) => !isWithin(hostOf(address), home),
      );
      return bad === undefined ? null : `${bad} is not on ${home}.`;
    },
    advice:
      'Link to the claimed website, or claim the other one in Merchant Center and correct the setting homepage.',
  },
  {
    code: 'ads_redirect_elsewhere',
    severity: 'warning',
    attribute: 'ads_redirect',
    about: 'The same registered domain as link.',
    complaint: (listing) => {
      const [link, redirect] = [textOf(listing, 'link'), textOf(listing, 'ads_redirect')];
      return link !== null &&
        redirect !== null &&
        registeredOf(hostOf(link)) !== registeredOf(hostOf(redirect))
        ? `ads_redirect leads to ${hostOf(redirect)}, link to ${hostOf(link)}.`
        : null;
    },
    advice: 'Redirect within the domain of the shop.',
  },
  {
    code: 'link_by_fragment',
    severity: 'warning',
    attribute: 'link',
    about: 'A variant to be chosen by path or query, not by the #fragment alone.',
    complaint: (listing) =>
      has(listing, 'item_group_id') && /^[^?]*#/.test(textOf(listing, 'link') ?? '')
        ? 'The page of the variant differs from the others in its #fragment only.'
        : null,
    advice: 'Select the variant by path or query, so that the page shows its price.',
  },
  {
    code: 'image_type_unsupported',
    severity: 'error',
    attribute: 'image_link',
    about: 'JPEG, WebP, PNG, GIF, BMP or TIFF.',
    complaint: (listing) => {
      const bad = addressesIn(listing, PICTURES).find((address) => NO_PICTURE.test(pathOf(address)));
      return bad === undefined ? null : `${bad} is of a type Google does not show.`;
    },
    advice: 'Give pictures as JPEG, WebP or PNG.',
  },
  {
    code: 'image_placeholder',
    severity: 'warning',
    attribute: 'image_link',
    about: 'A picture of the product, none that says there is none.',
    complaint: (listing) => {
      const image = textOf(listing, 'image_link');
      return image !== null && PLACEHOLDER.test(pathOf(image)) ? `${image} looks like a placeholder.` : null;
    },
    advice: 'Set the parameter placeholder of the mapping to a part of its name, or add a picture.',
  },
  {
    code: 'image_repeated',
    severity: 'info',
    attribute: 'additional_image_link',
    about: 'Further pictures to differ from the main one and from each other.',
    complaint: (listing) => {
      const all = addressesIn(listing, ['image_link', 'additional_image_link']);
      const twice = all.find((address, at) => all.indexOf(address) !== at);
      return twice === undefined ? null : `${twice} is given twice.`;
    },
    advice: 'Use distinct() in the mapping.',
  },
  {
    code: 'virtual_model_unfit',
    severity: 'warning',
    attribute: 'virtual_model_link',
    about: 'A GLB or GLTF file, in the US.',
    complaint: (listing, { channel }) => {
      const model = textOf(listing, 'virtual_model_link');
      if (model === null) return null;
      if (channel.country !== 'US') return `3D models are shown in the US, not in ${channel.country}.`;
      return /\.(glb|gltf)$/i.test(pathOf(model)) ? null : `${model} is no GLB or GLTF file.`;
    },
    advice: 'Leave the model out, or give it as GLB.',
  },
]);

const NO_PICTURE = /\.(svg|avif|heic|heif|psd|ai|eps|pdf|html?|mp4|mov|webm)$/i;
const PLACEHOLDER =
  /(^|[/_-])(no[-_]?image|no[-_]?photo|placeholder|coming[-_]?soon|image[-_]not[-_]available|default[-_]image)\b/i;
const RESERVED = /\.(local|localhost|internal|intranet|test|invalid|lan|home|corp)$/;
/** Names in front of a domain that mark a copy of the shop. */
const TEST_LABEL =
  /^(staging|stage|stg|dev|develop|development|test|testing|uat|qa|preprod|preview|sandbox|local)\d*$/;
const TUNNEL = /\.(ngrok(-free)?\.(io|app|dev)|trycloudflare\.com|loca\.lt|lvh\.me|nip\.io)$/;
/** Registries that sell names below a second label: `co.uk`, `com.au`. */
const SECOND_LEVEL = /^(co|com|org|net|ac|gov|edu|or|ne)\.[a-z]{2}$/;

function addressesIn(listing: JsonObject, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => textsOf(listing, name));
}

function hostOf(address: string): string {
  return readUrl(address)?.hostname ?? '';
}

function pathOf(address: string): string {
  return readUrl(address)?.pathname ?? '';
}

/** Not of this machine or a private network; bare numbers, names without a dot and reserved endings are never public. */
function isPublic(address: string): boolean {
  const host = hostOf(address);
  if (/^(\d+\.){3}\d+$/.test(host) || host.startsWith('[')) return false;
  return host.includes('.') && !RESERVED.test(host);
}

function isTestSystem(address: string): boolean {
  const host = hostOf(address);
  const registered = registeredOf(host);
  const before = host.slice(0, -registered.length - 1).split('.');
  return TUNNEL.test(host) || before.some((label) => TEST_LABEL.test(label));
}

function isWithin(host: string, home: string): boolean {
  const site = home.replace(/^www\./, '');
  return host === site || host.endsWith(`.${site}`);
}

/** `example.co.uk` of `shop.example.co.uk`. */
function registeredOf(host: string): string {
  const labels = host.split('.');
  return labels.slice(SECOND_LEVEL.test(labels.slice(-2).join('.')) ? -3 : -2).join('.');
}
