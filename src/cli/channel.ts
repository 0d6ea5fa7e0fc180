import { Ajv } from 'ajv';
import type { ChannelAction } from '../channel/channel-action.js';
import { OperatorError } from '../domain/errors.js';
import type { JsonObject, JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import { withApp } from './with-app.js';

interface Options {
  readonly set?: readonly string[];
}

/** `omnifeed channel`: steps an operator takes at a channel by hand, as its connector offers them. */
export const addChannel: AddCommand = (command, on) => {
  command.option('--set <name=value...>', 'parameters of the action').action(
    on<Options>(async (stage, { args, options }) =>
      withApp(stage, options, async (app) => {
        const [channel = '', name] = args;
        const actions = app.open(channel).actions ?? {};
        if (name === undefined) {
          stage.show({ channel, actions: described(actions) }, () => listing(channel, actions));
          return 0;
        }
        const action = actions[name];
        if (action === undefined) throw unknownAction(channel, name, Object.keys(actions));
        const answer = await action.run(parametersOf(action, options.set ?? []));
        stage.show({ channel, action: name, answer }, () => textOf(answer));
        return 0;
      }),
    ),
  );
};

function described(actions: Readonly<Record<string, ChannelAction>>): JsonObject {
  return Object.fromEntries(
    Object.entries(actions).map(([name, { title, parameters }]) => [name, { title, parameters }]),
  );
}

function listing(channel: string, actions: Readonly<Record<string, ChannelAction>>): string {
  const lines = Object.entries(actions).map(([name, { title, parameters }]) => {
    const names = Object.keys((parameters.properties ?? {}) as JsonObject);
    const set = names.length === 0 ? '' : `  (--set ${names.map((parameter) => `${parameter}=…`).join(' ')})`;
    return `${name.padEnd(24)}${title}${set}`;
  });
  return lines.length === 0 ? `${channel} offers nothing to do by hand` : lines.join('\n');
}

/** Checks `name=value` texts against the action's schema. Throws `parameter_invalid`. */
function parametersOf(action: ChannelAction, given: readonly string[]): JsonObject {
  const parameters = Object.fromEntries(
    given.map((text) => {
      const cut = text.indexOf('=');
      if (cut < 1) throw invalid(`"${text}" is not name=value`);
      return [text.slice(0, cut), text.slice(cut + 1)];
    }),
  );
  const ajv = new Ajv({ allErrors: true });
  const check = ajv.compile(action.parameters);
  if (check(parameters)) return parameters;
  throw invalid(ajv.errorsText(check.errors, { dataVar: 'parameters' }));
}

function invalid(message: string): OperatorError {
  return new OperatorError(
    'parameter_invalid',
    message,
    'See `omnifeed channel <channel>` for what an action takes.',
  );
}

function unknownAction(channel: string, name: string, known: readonly string[]): OperatorError {
  return new OperatorError(
    'unknown_action',
    `Channel "${channel}" has no action "${name}"`,
    known.length === 0 ? 'It offers nothing to do by hand.' : `Use one of: ${known.join(', ')}.`,
  );
}

/** One line per member, lists and groups indented below their name. */
function textOf(value: JsonValue, indent = ''): string {
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    return items.length === 0 ? `${indent}none` : items.map((item) => textOf(item, indent)).join('\n\n');
  }
  if (typeof value !== 'object' || value === null) return `${indent}${String(value)}`;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) =>
      typeof member === 'object' && member !== null
        ? `${indent}${name}:\n${textOf(member, `${indent}  `)}`
        : `${indent}${name}: ${String(member)}`,
    )
    .join('\n');
}
