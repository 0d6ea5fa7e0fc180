import { type HostileFile, repeated, SCALE, whole } from './hostile-file.js';

const ITEM = '<item><g:id>S-1</g:id><g:title>Lamp</g:title><g:price>5.00 USD</g:price></item>';
const feed = (items: string, before = ''): string =>
  `${before}<rss xmlns:g="http://base.google.com/ns/1.0"><channel>${items}</channel></rss>`;
const START = '<rss xmlns:g="http://base.google.com/ns/1.0"><channel>';
const END = '</channel></rss>';

/** XML that multiplies, nests, points elsewhere or is none. */
export const XML: readonly HostileFile[] = [
  {
    what: 'XML whose entities multiply to a billion',
    bytes: whole(
      feed(
        '<item><title>&c;</title></item>',
        '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>',
      ),
    ),
    end: 'source_doctype',
  },
  {
    what: 'XML with an entity of the file system',
    bytes: whole(
      feed('<item><title>&x;</title></item>', '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    ),
    end: 'source_doctype',
  },
  {
    what: 'XML with an entity of the network',
    bytes: whole(feed(ITEM, '<!DOCTYPE rss PUBLIC "x" "http://169.254.169.254/latest/meta-data">')),
    end: 'source_doctype',
  },
  {
    what: 'XML with a parameter entity',
    bytes: whole(feed(ITEM, '<!DOCTYPE rss [<!ENTITY % p "<!ENTITY q \'a\'>"> %p;]>')),
    end: 'source_doctype',
  },
  {
    what: 'XML that uses an entity nobody declared',
    bytes: whole(feed('<item><title>&nope;</title></item>')),
    end: 'source_not_well_formed',
  },
  {
    what: 'XML with a million numeric references in one text',
    bytes: repeated(`${START}<item><g:title>`, '&#65;', 300_000 * SCALE, `</g:title></item>${END}`),
    end: { variants: 0, complaints: 1 },
  },
  {
    what: 'XML nested a hundred thousand deep',
    bytes: repeated('<rss>', '<a>', 100_000),
    end: 'source_too_deep',
  },
  {
    what: 'XML with ten thousand attributes on an element',
    bytes: repeated('<rss><channel><item', (n) => ` a${n}="1"`, 10_000, '></item></channel></rss>'),
    end: 'source_too_deep',
  },
  {
    what: 'XML with an attribute of many megabytes',
    bytes: repeated('<rss><channel><item a="', 'x'.repeat(1_000), 8_000 * SCALE, `"></item>${END}`),
    end: 'source_record_too_large',
  },
  {
    what: 'XML with a name of many megabytes',
    bytes: repeated('<rss><channel><', 'x'.repeat(1_000), 8_000 * SCALE, '/></channel></rss>'),
    end: 'source_record_too_large',
  },
  {
    what: 'XML with a section that is never closed',
    bytes: whole(`${START}<item><g:title><![CDATA[open${END}`),
    end: 'source_not_well_formed',
  },
  {
    what: 'XML with a comment of many megabytes',
    bytes: repeated(`${START}<!--`, 'x'.repeat(1_000), 8_000 * SCALE, `-->${ITEM}${END}`),
    end: 'source_record_too_large',
  },
  {
    what: 'XML with a hundred thousand comments',
    bytes: repeated(START, '<!-- nothing -->', 100_000, ITEM + END),
    end: { variants: 1 },
  },
  {
    what: 'XML with a hundred thousand instructions',
    bytes: repeated(START, '<?php echo 1 ?>', 100_000, ITEM + END),
    end: { variants: 1 },
  },
  {
    what: 'XML with a hundred thousand empty items',
    bytes: repeated(START, '<item/>', 100_000 * SCALE, END),
    end: { variants: 0, complaints: 1 },
  },
  {
    what: 'XML with a zero byte',
    bytes: whole(feed('<item><title>a\u0000b</title></item>')),
    end: 'source_binary',
  },
  {
    what: 'XML with control characters',
    bytes: whole(feed('<item><title>a\u0008\u001bb</title></item>')),
    end: 'source_not_well_formed',
  },
  {
    what: 'XML that says it is UTF-16 and is not',
    bytes: whole(`<?xml version="1.0" encoding="utf-16"?>${feed(ITEM)}`),
    end: { variants: 1 },
  },
  {
    what: 'XML in an encoding nobody knows',
    bytes: whole(`<?xml version="1.0" encoding="klingon-8"?>${feed(ITEM)}`),
    end: { variants: 1 },
  },
  {
    what: 'XML in UTF-7',
    bytes: whole(
      `<?xml version="1.0" encoding="utf-7"?>${feed('<item><title>+ADw-script+AD4-</title></item>')}`,
    ),
    end: 'source_not_well_formed',
  },
  {
    what: 'XML with bytes that are no UTF-8',
    bytes: whole(
      Buffer.concat([
        Buffer.from(`${START}<item><g:id>S</g:id><g:title>`),
        Buffer.from([0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xff]),
        Buffer.from(`</g:title></item>${END}`),
      ]),
    ),
    end: { variants: 1 },
  },
  { what: 'XML with two roots', bytes: whole(feed(ITEM) + feed(ITEM)), end: 'source_not_well_formed' },
  { what: 'XML that is cut', bytes: whole(feed(ITEM.repeat(50)).slice(0, -400)), end: 'source_incomplete' },
  {
    what: 'XML that includes another file',
    bytes: whole(
      feed(
        `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>${ITEM}`,
      ),
    ),
    end: { variants: 1 },
  },
  {
    what: 'XML with a prefix nobody declared',
    bytes: whole('<rss><channel><item><evil:id>1</evil:id></item></channel></rss>'),
    end: { variants: 1 },
  },
  {
    what: 'XML of a fault of the server',
    bytes: whole(
      '<soap:Envelope xmlns:soap="s"><soap:Body><soap:Fault><faultstring>no</faultstring></soap:Fault></soap:Body></soap:Envelope>',
    ),
    end: 'source_header_only',
  },
  {
    what: 'a web page said to be a feed',
    bytes: whole('<!DOCTYPE html><html><title>Sign in</title><script>alert(1)</script></html>'),
    end: 'source_html',
  },
];
