import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../config/package-root.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';

/** JSON types of the declared types a form can ask for; tables stay with the file. */
const TYPES: Readonly<Record<string, string>> = {
  text: 'string',
  int: 'integer',
  number: 'number',
  bool: 'boolean',
};

/** JSON Schema of what the default mapping of a connector asks a channel for (`params` of `mappings/<connector>.yaml`): the address of the shop, a brand for goods without one. */
export async function paramsSchema(connector: string): Promise<JsonObject> {
  const text = await readFile(path.join(packageRoot(), 'mappings', `${connector}.yaml`), 'utf8');
  const mapping: unknown = parse(text);
  const params = isJsonObject(mapping) && isJsonObject(mapping.params) ? mapping.params : {};
  const properties = Object.entries(params).flatMap(([name, about]): [string, JsonObject][] => {
    const type = isJsonObject(about) ? TYPES[String(about.type)] : undefined;
    if (!isJsonObject(about) || type === undefined) return [];
    const { note, default: otherwise } = about;
    return [
      [
        name,
        {
          type,
          title: wordsOf(name),
          ...(typeof note === 'string' ? { description: note } : {}),
          ...(otherwise === undefined || otherwise === '' ? {} : { default: otherwise }),
        },
      ],
    ];
  });
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}

/** `shopUrl` as people write it: `Shop url`. */
function wordsOf(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_all, end: string, start: string) => `${end} ${start.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}
