import { OperatorError } from '../domain/errors.js';
import type { JsonValue } from '../domain/json.js';
import { type ItemMatch, type ItemMatches, matchItems } from '../sync/match-items.js';
import type { AddCommand } from './command.js';
import { withApp } from './with-app.js';

interface Options {
  readonly write?: boolean;
}

/** `omnifeed match`: which items of the channel's own catalog our unlisted SKUs are. */
export const addMatch: AddCommand = (command, on) => {
  command.option('--write', 'fix the item of a SKU, where there is exactly one, as an override').action(
    on<Options>(async (stage, { args, options }) =>
      withApp(stage, options, async (app) => {
        const [channel = ''] = args;
        const { items } = app.open(channel);
        if (!items)
          throw new OperatorError(
            'no_item_catalog',
            `Channel "${channel}" has no catalog of its own to look in`,
            'Name a channel such as Amazon, where a listing may be an offer on an item that is there.',
          );
        const desk = await app.desk(channel);
        const matches = await matchItems(desk, items, { write: options.write === true, actor: 'cli' });
        stage.show({ channel, ...matches } as unknown as JsonValue, () => textOf(channel, matches));
        return 0;
      }),
    ),
  );
};

function textOf(channel: string, matches: ItemMatches): string {
  const { asked, matched, ambiguous, notFound, withoutCode, written } = matches;
  const lines = [
    `${channel}: ${asked} SKUs looked for; ${matched.length} are one item, ${ambiguous.length} may be several, ${notFound} are new; ${withoutCode} have no valid GTIN`,
    ...matched.map((match) => `  ${match.sku}  ${itemText(match.items[0])}`),
  ];
  if (ambiguous.length > 0) lines.push('several items have the code; choose one yourself:');
  for (const match of ambiguous)
    lines.push(`  ${match.sku}  ${match.code}`, ...match.items.map((item) => `    ${itemText(item)}`));
  if (written > 0)
    lines.push(`${written} overrides written; omnifeed plan ${channel} shows what they change`);
  else if (matched.length > 0)
    lines.push(`to list them as offers on these items: omnifeed match ${channel} --write`);
  return lines.join('\n');
}

function itemText(item: ItemMatch['items'][number] | undefined): string {
  return item === undefined
    ? ''
    : [item.id, item.brand, item.title].filter((part) => part !== null).join('  ');
}
