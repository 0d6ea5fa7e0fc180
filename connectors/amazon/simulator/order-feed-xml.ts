import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ACCOUNT } from './account.js';

/** An element with its children in their order; text in `text`. */
export interface Element {
  readonly name: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
}

/** What stood in one message of a feed. */
export interface FeedMessage {
  readonly id: string;
  readonly body: Element;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  attributeNamePrefix: '',
});

/** Reads an envelope by the documents; a sentence about what is wrong with the whole of it, or its messages. */
export function readEnvelope(text: string, messageType: string): readonly FeedMessage[] | string {
  if (XMLValidator.validate(text) !== true) return 'The document is not well-formed XML.';
  const envelope = elements(parser.parse(text)).find(({ name }) => name === 'AmazonEnvelope');
  if (!envelope) return 'The document has no AmazonEnvelope.';
  const names = envelope.children.map(({ name }) => name).filter((name) => name !== 'Message');
  if (names.join(',') !== 'Header,MessageType')
    return 'The envelope needs Header, MessageType, then messages.';
  const header = child(envelope, 'Header');
  if (childText(header, 'DocumentVersion') !== '1.01') return 'DocumentVersion must be 1.01.';
  if (childText(header, 'MerchantIdentifier') !== ACCOUNT.sellerId)
    return 'MerchantIdentifier is not the seller.';
  if (childText(envelope, 'MessageType') !== messageType) return 'MessageType does not fit the feed type.';
  const messages = envelope.children.filter(({ name }) => name === 'Message');
  if (messages.length === 0) return 'The envelope has no message.';
  const read = messages.map((message) => ({
    id: childText(message, 'MessageID'),
    body: child(message, messageType),
  }));
  const ids = new Set(read.map(({ id }) => id));
  if (ids.size < read.length || [...ids].some((id) => !/^[1-9]\d*$/.test(id ?? '')))
    return 'MessageID must be a number of its own.';
  const whole = read.flatMap(({ id, body }) => (id !== null && body !== null ? [{ id, body }] : []));
  return whole.length === read.length ? whole : `A message has no ${messageType}.`;
}

/** The first child of a name; null: there is none. */
export function child(element: Element | null, name: string): Element | null {
  return element?.children.find((each) => each.name === name) ?? null;
}

/** The text of a child; null: there is none. */
export function childText(element: Element | null, name: string): string | null {
  return child(element, name)?.text ?? null;
}

/** The children of a name. */
export function childrenOf(element: Element, name: string): readonly Element[] {
  return element.children.filter((each) => each.name === name);
}

/** True when the children stand in this order, each as often as it likes. The schemas are sequences. */
export function inOrder(element: Element, names: readonly string[]): boolean {
  const places = element.children.map(({ name }) => names.indexOf(name));
  return places.every((place, at) => place >= 0 && (at === 0 || place >= (places[at - 1] ?? 0)));
}

function elements(parsed: unknown): readonly Element[] {
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((node: Record<string, unknown>) => {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text');
    if (name === undefined) return [];
    const inside = node[name];
    return [
      {
        name,
        text: textOf(inside),
        attributes: (node[':@'] ?? {}) as Readonly<Record<string, string>>,
        children: elements(inside),
      },
    ];
  });
}

function textOf(inside: unknown): string {
  if (!Array.isArray(inside)) return '';
  return inside.map((node: Record<string, unknown>) => String(node['#text'] ?? '')).join('');
}
