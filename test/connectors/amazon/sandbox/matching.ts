import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../../../src/domain/json.js';
import type { StaticCase } from './static-cases.js';

/** A request as the sandbox compares it. */
export interface SandboxRequest {
  readonly method: string;
  /** Path as it stands in the address, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed body; absent: none was sent. */
  readonly body?: JsonValue;
}

/** Cases of the operation the request is for; none: the sandbox has no such path. */
export function casesFor(cases: readonly StaticCase[], request: SandboxRequest): readonly StaticCase[] {
  return cases.filter(
    (each) => each.method === request.method && pathValues(each.path, request.path) !== null,
  );
}

/**
 * The case that answers a request: all its values are equal, and of those that fit the most exact one: most values, then the longer
 * values, then success before failure, then the order of the file.
 */
export function bestCase(cases: readonly StaticCase[], request: SandboxRequest): StaticCase | null {
  const fitting = cases.filter((each) => fits(each, request));
  const weigh = (each: StaticCase): readonly number[] => [
    Object.keys(each.parameters).length,
    JSON.stringify(each.parameters).length,
    each.status < 300 ? 1 : 0,
  ];
  let best: StaticCase | null = null;
  for (const each of fitting) if (best === null || heavier(weigh(each), weigh(best))) best = each;
  return best;
}

function heavier(one: readonly number[], other: readonly number[]): boolean {
  for (const [place, weight] of one.entries()) {
    const difference = weight - (other[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

function fits(each: StaticCase, request: SandboxRequest): boolean {
  const inPath = pathValues(each.path, request.path) ?? {};
  return Object.entries(each.parameters).every(([name, value]) => {
    if (name === 'body') return isDeepStrictEqual(request.body, value);
    if (each.places[name] === 'path') return inPath[name] === String(value);
    const sent = request.query.get(name);
    if (sent === null) return false;
    return Array.isArray(value)
      ? isDeepStrictEqual(sent.split(','), value.map(String))
      : sent === String(value);
  });
}

/** The values a path has at the places of a template, or nothing when it is another path. */
export function pathValues(template: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = template.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const values: Record<string, string> = {};
  for (const [place, part] of wanted.entries()) {
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== given[place]) return null;
    if (name !== undefined) values[name] = decodeURIComponent(given[place] ?? '');
  }
  return values;
}
