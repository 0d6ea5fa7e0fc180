import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Ajv, type ValidateFunction } from 'ajv';
import type { HttpClient } from '../../../src/channel/http.js';

const SCHEMAS = path.resolve(import.meta.dirname, '../../../../shared/specs/amazon/schemas/feeds');
const present = existsSync(SCHEMAS);
if (!present) process.stdout.write(`skipped: the official schemas of listings feeds, no ${SCHEMAS}\n`);

/** An HTTP client that holds every feed document it sends, and every report it gets, against Amazon's official schemas. */
export interface FeedJudge extends HttpClient {
  /** Documents and reports seen. */
  readonly documents: unknown[];
  readonly reports: unknown[];
  /** What the schemas say against them; empty without the schemas. */
  readonly violations: unknown[];
}

export function feedJudge(http: HttpClient): FeedJudge {
  const judge: FeedJudge = {
    documents: [],
    reports: [],
    violations: [],
    async send(request) {
      const document = /\/documents\/feeds\//.test(request.url);
      if (document && request.method === 'PUT') {
        judge.documents.push(JSON.parse(String(request.body)));
        judge.violations.push(...problems('listings-feed-schema-v2', judge.documents.at(-1)));
      }
      const reply = await http.send(request);
      if (document && request.method === 'GET' && reply.status === 200) {
        const bytes = reply.body[0] === 0x1f ? gunzipSync(reply.body) : reply.body;
        judge.reports.push(JSON.parse(bytes.toString('utf8')));
        judge.violations.push(...problems('listings-feed-processing-report-schema-v2', judge.reports.at(-1)));
      }
      return reply;
    },
  };
  return judge;
}

const checks = new Map<string, ValidateFunction>();

function problems(name: string, value: unknown): readonly unknown[] {
  if (!present) return [];
  let check = checks.get(name);
  if (!check) {
    const ajv = new Ajv({ strict: false, allErrors: true });
    check = ajv.compile(JSON.parse(readFileSync(path.join(SCHEMAS, `${name}.json`), 'utf8')) as object);
    checks.set(name, check);
  }
  return check(value) ? [] : (check.errors ?? []);
}
