import { IntlMessageFormat } from 'intl-messageformat';
import { createElement, Fragment, type ReactNode } from 'react';

/** Every sentence of the console has a name in `en.json`, or in a part of it that comes with its pages; a name that is not there does not compile. */
export type SentenceName =
  | keyof typeof import('./en.json')
  | keyof typeof import('./en.later.json')
  | keyof typeof import('./en.workbench.json');

const catalog: Record<string, string> = {};

/** Fetches the sentences of a language: texts are data, no script. Until then nothing can be said. Throws when they cannot be had. */
export async function loadSentences(address: string): Promise<void> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`the sentences answered ${response.status}`);
  learn((await response.json()) as Readonly<Record<string, string>>);
}

/** Adds sentences that come with a page. */
export function learn(sentences: Readonly<Record<string, string>>): void {
  Object.assign(catalog, sentences);
}

type Plain = string | number | boolean | Date | null | undefined;

/** What a sentence is filled with: text, numbers, or parts of the page (codes, names, links). */
export type Parts = Readonly<Record<string, ReactNode | ((inside: ReactNode[]) => ReactNode)>>;

const compiled = new Map<SentenceName, IntlMessageFormat>();

function sentence(name: SentenceName): IntlMessageFormat {
  const known = compiled.get(name);
  if (known) return known;
  const made = new IntlMessageFormat(catalog[name] ?? name, language());
  compiled.set(name, made);
  return made;
}

/** The language of the page, as the server wrote it into the document. */
export function language(): string {
  return document.documentElement.lang || 'en';
}

/** A sentence as text: for labels, titles and messages without parts of their own. */
export function say(name: SentenceName, values?: Readonly<Record<string, Plain>>): string {
  return String(sentence(name).format(values ?? {}));
}

/** The words for a code of the server, by the name a sentence for it would have; where there are none yet, `otherwise`. */
export function sayCode(name: string, otherwise: string): string {
  return Object.hasOwn(catalog, name) ? say(name as SentenceName) : otherwise;
}

/** A sentence with parts of the page inside: `sayWith('listing.head', { sku: <Code>…</Code> })`. Each part keeps its own direction. */
export function sayWith(name: SentenceName, values: Parts): ReactNode {
  const made = sentence(name).format<ReactNode>(values as Record<string, never>);
  return Array.isArray(made) ? made.map(keyed) : made;
}

function keyed(part: ReactNode, at: number): ReactNode {
  return typeof part === 'object' ? createElement(Fragment, { key: `part-${at}` }, part) : part;
}
