import { type TabColumn, tabCell, tabHeading } from '../../../src/channel/tab-cell.js';
import { ATTRIBUTES } from '../attributes.js';
import type { FeedEncoder } from './feed-format.js';
import { fileValue } from './file-value.js';

const ID: TabColumn = { name: 'id', repeats: false, members: null };

/** A file has the same columns on every line, so attributes of a merchant's own, named item by item, have none. */
const COLUMNS = ATTRIBUTES.filter(({ name }) => name !== 'custom_attribute').map((row) => {
  const { name, list, type } = row;
  const members = type.kind === 'group' ? type.members.map((member) => member.name) : null;
  const column: TabColumn = { name, repeats: list !== null, members };
  return { row, column };
});

/** Tab-delimited text: every attribute of the table is a column, every item a line. */
export function tabFeed(): FeedEncoder {
  return {
    head: `${[ID, ...COLUMNS.map(({ column }) => column)].map(tabHeading).join('\t')}\n`,
    tail: '',
    item(offerId, listing) {
      let line = tabCell(ID, offerId);
      for (const { row, column } of COLUMNS) {
        const value = listing[row.name];
        line += value === undefined || value === null ? '\t' : `\t${tabCell(column, fileValue(row, value))}`;
      }
      return `${line}\n`;
    },
  };
}
