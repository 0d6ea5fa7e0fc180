import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';

const root = packageRoot();

it('every line of the security checklist names a test that is there, or gives its reason', async () => {
  const text = await readFile(path.join(root, 'docs/security/asvs.md'), 'utf8');
  const named = [...text.matchAll(/`(test\/[^`]+)`/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(60);
  expect([...new Set(named)].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  const lines = text.split('\n').filter((line) => /^\| \d/.test(line));
  expect(lines.length).toBeGreaterThan(60);
  const bare = lines.filter(
    (line) =>
      !/`test\/|[*_](Reason|Open):[*_]|there (are|is) (no|none)|none are|this line|no part of|only as a client/.test(
        line,
      ) && !/JavaScript only|connectors’? ?own/.test(line),
  );
  expect(bare).toEqual([]);
});
