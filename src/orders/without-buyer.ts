import { ChannelError } from '../domain/errors.js';
import type { Buyer } from '../domain/order.js';

const LEFT_OUT = '[buyer]';
/** Shorter words are those of every language and country; they tell nobody. */
const SHORTEST_WORD = 3;
const WORD = /[\p{L}\p{N}@._+-]+/gu;

/**
 * A failure whose sentence names nobody. A shop that refuses an order may quote whom it is for, and the sentence is kept and shown to people who
 * may not see buyers. Word by word, because it may quote a part, and its sentence is cut to length. The cause is left out too.
 */
export function withoutBuyer(error: ChannelError, buyer: Buyer | undefined): ChannelError {
  if (buyer === undefined) return error;
  const { code, kind, owner, advice, againInMs, requestId } = error;
  return new ChannelError(textWithout(error.message, wordsOf(buyer)), {
    code,
    kind,
    owner,
    advice,
    againInMs,
    requestId,
  });
}

function textWithout(text: string, words: ReadonlySet<string>): string {
  return text
    .replace(WORD, (word, at: number) => {
      const plain = plainWord(word);
      const cut = at + word.length === text.length && plain.length >= SHORTEST_WORD;
      const named = words.has(plain) || (cut && [...words].some((known) => known.startsWith(plain)));
      return named ? LEFT_OUT : word;
    })
    .replaceAll(/\[buyer\](?:[\s,;:-]*\[buyer\])+/g, LEFT_OUT);
}

/** Every word of every fact, and of telephone numbers their digits however they are grouped. */
function wordsOf(buyer: Buyer): ReadonlySet<string> {
  const words = textsIn(buyer).flatMap((fact) => fact.match(WORD) ?? []);
  const digits = [buyer.phone ?? ''].flatMap((phone) => [phone.replace(/\D/g, '')]);
  return new Set([...words, ...digits].map(plainWord).filter((word) => word.length >= SHORTEST_WORD));
}

function plainWord(word: string): string {
  return word.toLowerCase().replace(/^[._+-]+|[._+-]+$/g, '');
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
