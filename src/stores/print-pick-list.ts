import type { PickItem, PickList, PickOrder } from './pick-list.js';
import { wallText } from './staff-letter.js';

const DONE: Readonly<Record<PickOrder['method'], string>> = {
  ship: 'parcel',
  pickup: 'fetched in the store',
  curbside: 'fetched at the kerb',
};

/** Pick lists as plain text with boxes to tick. Pure. */
export function pickListText(lists: readonly PickList[]): string {
  if (lists.length === 0) return 'nothing to pick\n';
  return lists.map(listText).join('\n\n');
}

function listText(list: PickList): string {
  const head = headOf(list);
  if (list.items.length === 0) return `${head}\n\nnothing to pick\n`;
  const bins = widthOf(list.items.map(({ bin }) => bin ?? '-'));
  const skus = widthOf(list.items.map(({ sku }) => sku));
  const items = list.items.map(
    (item) =>
      `[ ] ${(item.bin ?? '-').padEnd(bins)}  ${String(item.quantity).padStart(3)} × ${item.sku.padEnd(skus)}  ${nameOf(item)}  ${forText(item)}`,
  );
  const orders = list.orders.map(
    (order) => `[ ] ${order.number}. ${orderText(order, list.location.zone).join('  ')}`,
  );
  return [head, '', ...items, '', ...orders, ''].map((line) => line.trimEnd()).join('\n');
}

function headOf({ location, at }: PickList): string {
  const code = location.code === null ? '' : ` (${location.code})`;
  return `Pick list: ${plain(location.name)}${code}, ${wallText(at, location.zone)}`;
}

function nameOf({ title, options }: PickItem): string {
  return plain([title, options].filter((part) => part !== null).join(', '));
}

/** Which orders the units are for: `→ 1, 3 (2)`. */
function forText({ for: orders }: PickItem): string {
  return `→ ${orders.map(({ number, quantity }) => (quantity === 1 ? String(number) : `${number} (${quantity})`)).join(', ')}`;
}

function orderText(order: PickOrder, zone: string): readonly string[] {
  const until = order.method === 'ship' ? order.shipBy : order.readyBy;
  return [
    plain(`${order.order} (${order.channel})`),
    `${order.units} ${order.units === 1 ? 'unit' : 'units'}`,
    DONE[order.method],
    ...(until === null ? [] : [`by ${wallText(until, zone)}`]),
    ...(order.name === null ? [] : [plain(order.name)]),
  ];
}

/** Texts of the catalog and of channels stand on one line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function widthOf(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length));
}

const STYLE = `body{font:11pt/1.35 system-ui,sans-serif;margin:1.5cm;color:#111}section{break-after:page}section:last-child{break-after:auto}
h1{font-size:15pt;margin:0 0 .6em}h2{font-size:12pt;margin:1.4em 0 .4em}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid #bbb;padding:.35em .5em;text-align:left;vertical-align:top}tr{break-inside:avoid}thead{display:table-header-group}
.n{text-align:right;white-space:nowrap}.box span{display:inline-block;width:.9em;height:.9em;border:1.5px solid #111}.bin,.sku{white-space:nowrap;font-weight:600}`;

/** Pick lists as one HTML page to print, a location on a sheet of its own. It loads nothing and runs nothing. Pure. */
export function pickListHtml(lists: readonly PickList[]): string {
  const sheets =
    lists.length === 0 ? '<section><p>Nothing to pick.</p></section>' : lists.map(sheet).join('\n');
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Pick list</title><style>${STYLE}</style></head>
<body>
${sheets}
</body>
</html>
`;
}

function sheet(list: PickList): string {
  const { items, orders, location } = list;
  const head = `<h1>${escaped(headOf(list))}</h1>`;
  if (items.length === 0) return `<section>${head}<p>Nothing to pick.</p></section>`;
  const picks = items.map((item) =>
    row(
      ['bin', item.bin ?? '–'],
      ['n', `${item.quantity} ×`],
      ['sku', item.sku],
      ['', nameOf(item)],
      ['', forText(item)],
    ),
  );
  const packs = orders.map((order) => {
    const [name = '', ...rest] = orderText(order, location.zone);
    return row(['n', `${order.number}.`], ['sku', name], ['', rest.join(' · ')]);
  });
  return `<section>${head}
${tableOf(['Bin', 'Units', 'SKU', 'What', 'For'], picks)}
<h2>Orders</h2>
${tableOf(['No.', 'Order', 'What is to be done'], packs)}
</section>`;
}

function tableOf(headings: readonly string[], rows: readonly string[]): string {
  const cells = ['Done', ...headings].map((heading) => `<th scope="col">${heading}</th>`).join('');
  return `<table><thead><tr>${cells}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`;
}

function row(...cells: readonly (readonly [kind: string, text: string])[]): string {
  const written = cells.map(
    ([kind, text]) => `<td${kind === '' ? '' : ` class="${kind}"`}>${escaped(text)}</td>`,
  );
  return `<tr><td class="box"><span></span></td>${written.join('')}</tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
