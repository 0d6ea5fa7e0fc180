import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sightReference } from '../../../connectors/meta/audit/sight-rules.js';
import { CHANGE_RULES } from '../../../connectors/meta/audit/since-last-file.js';
import { CATALOG_RULES } from '../../../connectors/meta/audit/whole-catalog.js';
import { AUDIT_RULES } from '../../../connectors/meta/audit.js';
import { attributeReference } from '../../../connectors/meta/reference.js';
import { auditReference } from '../../../src/channel/audit-rule.js';

const FILE = path.resolve(import.meta.dirname, '../../../connectors/meta/README.md');
const SECTIONS = {
  attributes: attributeReference(),
  preflight: auditReference([
    ...AUDIT_RULES,
    ...Object.values(CATALOG_RULES),
    ...Object.values(CHANGE_RULES),
  ]),
  inspection: sightReference(),
} as const;

function withSection(readme: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [start, end] = [readme.indexOf(open), readme.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`the README has no section ${name}`);
  return readme.slice(0, start + open.length) + text + readme.slice(end);
}

describe('the README of the Meta connector', () => {
  // To write the sections anew: OMNIFEED_WRITE_REFERENCE=1 npx vitest run test/connectors/meta/readme.test.ts
  it.each(Object.entries(SECTIONS))('has its section %s as the tables say', (name, text) => {
    const readme = readFileSync(FILE, 'utf8');
    const wanted = withSection(readme, name, text);
    if (process.env.OMNIFEED_WRITE_REFERENCE === '1') writeFileSync(FILE, wanted);
    expect(readFileSync(FILE, 'utf8')).toBe(wanted);
  });
});
