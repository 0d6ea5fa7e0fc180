import { readUrl } from '../../domain/web-address.js';
import { asList, asText } from './arguments.js';
import { isBlank, isBlankText } from './blank.js';
import { BadData, type FunctionDefinition } from './definition.js';
import { producedText } from './produce.js';

const group = 'Web addresses';

/** Links and pictures. */
export const WEB_ADDRESSES: readonly FunctionDefinition[] = [
  {
    name: 'url',
    group,
    signatures: ['url(string): string'],
    doc: 'a clean web address: blanks and letters outside ASCII encoded, // completed; nothing if it is none',
    example: {
      source: 'url("https://shop.example/größe 29.jpg")',
      result: '"https://shop.example/gr%C3%B6%C3%9Fe%2029.jpg"',
    },
    prepare: () => (_context, text) => (isBlankText(asText(text)) ? null : cleanAddress(asText(text))),
  },
  {
    name: 'absolute',
    group,
    signatures: ['absolute(string, string): string'],
    doc: 'completes a relative address; a complete one needs no base and stays as it is',
    example: {
      source: 'absolute("/m/b/mb01.jpg", "https://shop.example/media/")',
      result: '"https://shop.example/m/b/mb01.jpg"',
    },
    // A shop without a base address must not lose its complete ones.
    seesNothing: true,
    prepare:
      () =>
      (_context, text = null, base = null) =>
        isBlank(text) ? null : absolute(asText(text).trim(), isBlank(base) ? null : asText(base)),
  },
  {
    name: 'withQuery',
    group,
    signatures: ['withQuery(string, string, string): string'],
    doc: 'sets one query parameter, keeps the others; a blank value changes nothing',
    example: {
      source: 'withQuery("https://shop.example/p?a=1", "utm_source", "google")',
      result: '"https://shop.example/p?a=1&utm_source=google"',
    },
    // A missing value is a blank one: it must not cost the listing its link.
    seesNothing: true,
    prepare:
      () =>
      (context, address = null, name = null, value = null) => {
        if (isBlank(address)) return null;
        const clean = cleanAddress(asText(address));
        if (isBlank(value) || isBlank(name)) return clean;
        return producedText(context, withQuery(clean, asText(name).trim(), asText(value).trim()));
      },
  },
  {
    name: 'withoutQuery',
    group,
    signatures: ['withoutQuery(string, list<string>): string'],
    doc: 'takes query parameters out',
    example: {
      source: 'withoutQuery("https://cdn.example/a.jpg?v=16&w=2", ["v"])',
      result: '"https://cdn.example/a.jpg?w=2"',
    },
    prepare: () => (_context, address, names) => {
      if (isBlankText(asText(address))) return null;
      const unwanted = new Set(asList(names));
      const { head, fields, fragment } = divided(cleanAddress(asText(address)));
      return put(
        head,
        fields.filter((field) => !unwanted.has(nameOf(field))),
        fragment,
      );
    },
  },
];

// Most addresses are clean already; looking is ten times cheaper than parsing.
const CLEAN = /^https?:\/\/[a-z0-9.-]+(?::\d+)?\/(?:[\w\-.~:/?#@!$&'()*+,;=[\]]|%[\da-fA-F]{2})*$/;

function cleanAddress(text: string): string {
  if (CLEAN.test(text)) return text;
  const trimmed = text.trim();
  const whole = trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
  const encodedWhole = whole.replace(/%(?![\da-fA-F]{2})/g, '%25');
  const parsed = /^https?:\/\//i.test(whole) ? readUrl(encodedWhole) : null;
  if (!parsed || parsed.hostname === '' || parsed.username !== '' || parsed.password !== '') {
    throw new BadData(`"${text}" is not a web address`, '"…" is not a web address');
  }
  return parsed.href;
}

function absolute(text: string, base: string | null): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) || text.startsWith('//')) return cleanAddress(text);
  return base === null ? null : cleanAddress(new URL(text, cleanAddress(base)).href);
}

interface Divided {
  readonly head: string;
  readonly fields: readonly string[];
  readonly fragment: string;
}

// By hand, because URLSearchParams would write the other parameters anew (blanks as +, signed links broken).
function divided(address: string): Divided {
  const hash = address.indexOf('#');
  const fragment = hash < 0 ? '' : address.slice(hash);
  const rest = hash < 0 ? address : address.slice(0, hash);
  const mark = rest.indexOf('?');
  if (mark < 0) return { head: rest, fields: [], fragment };
  const fields = rest
    .slice(mark + 1)
    .split('&')
    .filter((field) => field !== '');
  return { head: rest.slice(0, mark), fields, fragment };
}

function put(head: string, fields: readonly string[], fragment: string): string {
  return fields.length === 0 ? head + fragment : `${head}?${fields.join('&')}${fragment}`;
}

function withQuery(address: string, name: string, value: string): string {
  const { head, fields, fragment } = divided(address);
  const field = `${encoded(name)}=${encoded(value)}`;
  const place = fields.findIndex((other) => nameOf(other) === name);
  const others = fields.filter((other) => nameOf(other) !== name);
  const at = place < 0 ? others.length : place;
  return put(head, [...others.slice(0, at), field, ...others.slice(at)], fragment);
}

function nameOf(field: string): string {
  const name = (field.split('=', 1)[0] ?? '').replace(/\+/g, ' ');
  try {
    return decodeURIComponent(name);
  } catch {
    // Not valid UTF-8 behind the percent signs: the name is what stands there.
    return name;
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
