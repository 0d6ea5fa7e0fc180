import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ConnectorRegistry } from '../channel/registry.js';
import { OperatorError } from '../domain/errors.js';
import { isJsonObject, type JsonObject } from '../domain/json.js';
import { completeConfig } from './complete-config.js';
import type { Config } from './config.js';
import { configMistakes } from './config-checks.js';
import { ConfigError, type ConfigMistake } from './config-error.js';
import { parseConfig } from './config-file.js';

const LARGEST_FILE = 1024 * 1024;

const NOTHING_SAID = {
  message: 'the file says nothing',
  advice:
    'Name a source under `sources` and a channel under `channels`; `omnifeed init --config example.yaml` writes a commented file to copy from.',
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads, checks and completes a configuration. Throws `config_missing`, `config_unreadable`, or a `ConfigError` that
 * names every mistake at once.
 */
export async function loadConfig(
  file: string,
  connectors: ConnectorRegistry,
  environment: Environment = process.env,
): Promise<Config> {
  const absolute = path.resolve(file);
  const folder = path.dirname(absolute);
  const parsed = parseConfig(await textOf(absolute), environment);
  const found = parsed.file.content;
  const syntax = parsed.mistakes.some((mistake) => mistake.path === '');
  const told = new Set(parsed.mistakes.map((mistake) => mistake.path));
  const mistakes = syntax
    ? []
    : Object.keys(found).length === 0
      ? [parsed.file.mistake([], NOTHING_SAID)]
      : configMistakes(parsed.file, { folder, connectors }).filter((mistake) => !told.has(mistake.path));
  const all = [...parsed.mistakes, ...mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
  if (all.length > 0) throw new ConfigError(file, all);
  return completeConfig(absolute, found, connectors);
}

/** Channels, sources and schedules that are set up beside the file, as they would stand in it. */
export type ConfigParts = Readonly<Record<'channels' | 'sources' | 'schedules', JsonObject>>;

/**
 * The configuration with these parts added; what the file has under the same name counts. With mistakes, which are those of the parts (the
 * file was checked before), there is no configuration.
 */
export function withParts(
  config: Config,
  parts: ConfigParts,
  connectors: ConnectorRegistry,
): { readonly config: Config; readonly mistakes: readonly ConfigMistake[] } {
  const { written } = config;
  const content = {
    ...written,
    channels: { ...parts.channels, ...groupOf(written.channels) },
    sources: { ...parts.sources, ...groupOf(written.sources) },
    schedules: { ...parts.schedules, ...groupOf(written.schedules) },
  };
  // Values are taken as they are: nothing of the environment gets into what came from a browser.
  const parsed = parseConfig(JSON.stringify(content).replaceAll('${', '$${'), {});
  const mistakes = configMistakes(parsed.file, { folder: config.folder, connectors });
  if (mistakes.length > 0) return { config, mistakes };
  return { config: { ...completeConfig(config.file, parsed.file.content, connectors), written }, mistakes };
}

async function textOf(file: string): Promise<string> {
  try {
    if ((await stat(file)).size > LARGEST_FILE) {
      throw new OperatorError(
        'config_too_large',
        `${file} is larger than 1 MiB`,
        'Check that it is the right file.',
      );
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT';
    throw new OperatorError(
      missing ? 'config_missing' : 'config_unreadable',
      missing ? `There is no configuration at ${file}` : `${file} cannot be read (${code ?? 'unknown'})`,
      missing
        ? 'Run `omnifeed init` to write one, or name it with --config FILE.'
        : 'Check the rights of the file.',
      error,
    );
  }
}

function groupOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
