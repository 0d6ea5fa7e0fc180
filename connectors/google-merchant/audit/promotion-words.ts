/** What one language says when it advertises. */
interface PromotionWords {
  /** Phrases that are nothing but advertising. */
  readonly phrases: readonly string[];
  /** Words that mostly are, yet may belong to a name. */
  readonly words: readonly string[];
}

/** By language; the list is ours, the rule Google's (title and description pages, read 2026-11-23). */
const PROMOTION: Readonly<Record<string, PromotionWords>> = {
  en: {
    phrases: [
      'free shipping',
      'free delivery',
      'best price',
      'lowest price',
      'buy now',
      'order now',
      'limited offer',
    ],
    words: [
      'on sale',
      'discount',
      'discounted',
      'clearance',
      'cheap',
      'bargain',
      'special offer',
      'best seller',
    ],
  },
  de: {
    phrases: ['kostenloser versand', 'versandkostenfrei', 'gratis versand', 'bester preis', 'jetzt kaufen'],
    words: ['rabatt', 'reduziert', 'sonderangebot', 'schnäppchen', 'billig', 'ausverkauf', 'bestseller'],
  },
  fr: {
    phrases: ['livraison gratuite', 'livraison offerte', 'meilleur prix', 'achetez maintenant'],
    words: ['soldes', 'promo', 'promotion', 'remise', 'pas cher', 'bon plan'],
  },
  es: {
    phrases: ['envío gratis', 'envio gratis', 'mejor precio', 'compra ya', 'comprar ahora'],
    words: ['oferta', 'descuento', 'rebajas', 'barato', 'ganga'],
  },
  it: {
    phrases: ['spedizione gratuita', 'spedizione gratis', 'miglior prezzo', 'acquista ora'],
    words: ['offerta', 'sconto', 'saldi', 'economico'],
  },
  nl: {
    phrases: ['gratis verzending', 'gratis bezorging', 'beste prijs', 'laagste prijs', 'koop nu'],
    words: ['korting', 'aanbieding', 'uitverkoop', 'goedkoop'],
  },
  pt: {
    phrases: ['frete grátis', 'frete gratis', 'envio grátis', 'melhor preço', 'compre já', 'compre agora'],
    words: ['desconto', 'promoção', 'oferta', 'barato'],
  },
  pl: {
    phrases: ['darmowa dostawa', 'darmowa wysyłka', 'najlepsza cena', 'kup teraz'],
    words: ['promocja', 'wyprzedaż', 'przecena', 'rabat', 'tanio'],
  },
  sv: {
    phrases: ['fri frakt', 'bästa pris', 'köp nu'],
    words: ['rea', 'rabatt', 'erbjudande', 'billig'],
  },
};

/** `20 % off`, `-30%`, `50 % Rabatt`: reductions in any language. */
const REDUCTION =
  /(^|[\s(])-\s?\d{1,2}\s?%|\b\d{1,2}\s?% (off|discount|rabatt|de descuento|di sconto|korting|de réduction|de remise)\b/i;

const phrasesOf = compiled((words) => words.phrases);
const wordsOf = compiled((words) => words.words);

/** The first phrase of a text that is nothing but advertising, in English or the language of the channel. */
export function promotionPhrase(text: string, language: string): string | null {
  return found(text, [REDUCTION, ...patterns(phrasesOf, language)]);
}

/** The first word of a text that mostly advertises. */
export function promotionWord(text: string, language: string): string | null {
  return found(text, patterns(wordsOf, language));
}

function patterns(known: ReadonlyMap<string, RegExp>, language: string): readonly RegExp[] {
  return ['en', language.slice(0, 2).toLowerCase()].flatMap((name, at, both) =>
    at > 0 && name === both[0] ? [] : (known.get(name) ?? []),
  );
}

function found(text: string, wanted: readonly RegExp[]): string | null {
  for (const pattern of wanted) {
    const [match] = pattern.exec(text) ?? [];
    if (match !== undefined) return match.trim();
  }
  return null;
}

/** Whole words in any case; `\b` knows ASCII letters only. */
function compiled(of: (words: PromotionWords) => readonly string[]): ReadonlyMap<string, RegExp> {
  return new Map(
    Object.entries(PROMOTION).map(([language, words]) => [
      language,
      new RegExp(`(?<![\\p{L}\\p{N}])(${of(words).join('|')})(?![\\p{L}\\p{N}])`, 'iu'),
    ]),
  );
}
