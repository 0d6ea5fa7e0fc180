import { type TabColumn, tabCell, tabHeading } from '../../src/channel/tab-cell.js';
import type { FeedEncoder } from './feed-encoder.js';
import { GOOGLE_COLUMNS } from './google-columns.js';

const ID: TabColumn = { name: 'id', repeats: false, members: null };
const COLUMNS: readonly TabColumn[] = GOOGLE_COLUMNS.map(({ name, shape, members }) => ({
  name,
  repeats: shape === 'list',
  members: members ?? null,
}));

/** Google's tab-delimited file: one line per item, one column per attribute. */
export function googleTable(): FeedEncoder {
  return {
    head: `${[ID, ...COLUMNS].map(tabHeading).join('\t')}\n`,
    tail: '',
    item(sku, attributes) {
      let line = tabCell(ID, sku);
      for (const column of COLUMNS) {
        const value = attributes[column.name];
        line += value === undefined ? '\t' : `\t${tabCell(column, value)}`;
      }
      return `${line}\n`;
    },
  };
}
