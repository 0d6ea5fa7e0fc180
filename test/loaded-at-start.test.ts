import { describe, expect, it } from 'vitest';
import { sourceTree } from './support/source-tree.js';

const byPath = new Map(sourceTree(['src', 'connectors', 'jobs']).map((file) => [file.path, file]));

/** Packages that Node reads before the first line of a file runs; what is imported on demand is not among them. */
function packagesAtOnce(start: string): string[] {
  const reached = new Set<string>();
  const walk = (name: string): void => {
    if (reached.has(name)) return;
    reached.add(name);
    for (const { target, typesOnly, onDemand } of byPath.get(name)?.imports ?? [])
      if (!typesOnly && !onDemand) walk(target);
  };
  walk(start);
  return [...reached].filter((name) => !byPath.has(name) && !name.startsWith('node:')).sort();
}

describe('what a process loads before it works', () => {
  it('is nothing but the reader of command lines, for help, version and a mistyped command', () => {
    expect(packagesAtOnce('src/cli/run.ts')).toEqual(['commander']);
  });

  it.each([
    ['bullmq', 'until the queue is in Redis'],
    ['ioredis', 'until the queue is in Redis'],
    ['pg', 'until the database is on Postgres'],
    ['knex', 'until tables are missing'],
    ['nodemailer', 'until there is a letter'],
    ['ssh2-sftp-client', 'until a folder is far away'],
    ['fastify', 'until there is a door'],
    ['graphql', 'but in a simulator'],
    ['hyparquet-writer', 'until a report is wanted'],
  ])('leaves out %s %s', (name) => {
    expect(packagesAtOnce('src/app.ts')).not.toContain(name);
  });
});
