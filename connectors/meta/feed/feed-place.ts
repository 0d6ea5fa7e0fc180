import path from 'node:path';
import type { OVERRIDE_TYPES } from '../attributes.js';

/** A language, a country or both, for which a document holds values of its own. */
export interface Override {
  readonly type: (typeof OVERRIDE_TYPES)[number];
  readonly value: string;
}

/** `Shop` for `de_XX|DE` → `Shop de_XX|DE`. */
export function variantName(name: string, { value }: Override): string {
  return `${name} ${value}`;
}

/** `feeds/meta.csv.gz` for `de_XX|DE` → `feeds/meta.de_XX-DE.csv.gz`. */
export function variantPath(file: string, override: Override): string {
  return path.join(path.dirname(file), withMark(path.basename(file), override));
}

/** The same for an address. */
export function variantUrl(address: string, override: Override): string {
  const url = new URL(address);
  const steps = url.pathname.split('/');
  steps.push(withMark(steps.pop() ?? '', override));
  url.pathname = steps.join('/');
  return url.href;
}

function withMark(name: string, { value }: Override): string {
  const [stem = '', ...endings] = name.split('.');
  return [stem, value.replace('|', '-'), ...endings].join('.');
}
