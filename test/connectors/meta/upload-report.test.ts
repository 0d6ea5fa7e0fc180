import { describe, expect, it } from 'vitest';
import { ITEM_ATTRIBUTES } from '../../../connectors/meta/attributes.js';
import { readErrorReport, sampledFindings, verdictsOf } from '../../../connectors/meta/feed/error-report.js';
import type { FeedClient } from '../../../connectors/meta/feed/feed-client.js';
import { feedEncoder } from '../../../connectors/meta/feed/feed-encoder.js';
import { reportOf } from '../../../connectors/meta/feed/upload-report.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { LISTING } from './support.js';

const HEADER = 'row_number,retailer_id,severity,error_type,description';
const committed = { key: 'k', document: '1', committedAt: '2026-11-24T06:00:00.000Z' };

/** A session that ended, with a report of these lines. */
function reported(session: JsonObject, lines: readonly string[]) {
  const told = {
    id: '1',
    end_time: 'x',
    error_report: { report_status: 'WRITE_FINISHED', file_handle: 'h' },
    ...session,
  };
  const client: Partial<FeedClient> = {
    session: () => Promise.resolve(told),
    errorReport: () => Promise.resolve(Buffer.from(lines.join('\n'))),
    sampledErrors: () => Promise.resolve([]),
    productCount: () => Promise.resolve(100),
  };
  // The other calls are not for reports; one of them would be a defect.
  const context = { client: client as FeedClient, now: '2026-11-24T06:10:00.000Z', alarmShare: 0.1 };
  return reportOf(committed, null, context);
}

describe('the error report of an upload', () => {
  const counts = { num_detected_items: 9, num_invalid_items: 2, error_count: 2, warning_count: 0 };

  it('proves the items it does not name when it names as many refused ones as the session counts', async () => {
    const lines = [HEADER, '1,A,fatal,EMPTY_TITLE,x', '2,B,fatal,EMPTY_TITLE,x'];
    expect(await reported(counts, lines)).toMatchObject({
      state: 'done',
      unnamed: 'taken',
      verdicts: { length: 2 },
    });
  });

  it('proves nothing of the others when it names fewer', async () => {
    expect(await reported(counts, [HEADER, '1,A,fatal,EMPTY_TITLE,x'])).toMatchObject({
      unnamed: 'unknown',
      verdicts: { length: 1 },
    });
    expect(await reported({ ...counts, error_count: 0 }, [])).toMatchObject({
      unnamed: 'unknown',
      verdicts: [],
    });
  });

  it('proves nothing when it is no table with an id and a severity', async () => {
    for (const text of ['<html>Sign in</html>', 'a,b\n1,2', 'retailer_id,description\nA,x', '"'])
      expect(await reported(counts, [text])).toMatchObject({ unnamed: 'unknown', verdicts: [] });
  });

  it('is read by the names of its columns, whatever their order and spelling', () => {
    expect(readErrorReport(Buffer.from('\ufeffSeverity\tID\tMessage\nwarning\tA\tNo brand\n'))).toEqual([
      { id: 'A', fatal: false, type: '', message: 'No brand' },
    ]);
  });

  it('makes one verdict of all findings of an item; a fatal one decides', () => {
    const finding = (id: string, fatal: boolean) => ({ id, fatal, type: 'T', message: 'm' });
    expect(
      verdictsOf([finding('A', false), finding('', true), finding('A', true), finding('B', false)]),
    ).toMatchObject([
      { sku: 'A', outcome: 'rejected', issues: [{ severity: 'warning' }, { severity: 'error' }] },
      { sku: 'B', outcome: 'live', issues: [{ severity: 'warning' }] },
    ]);
  });

  it('takes samples as Graph writes them', () => {
    const kinds = [
      {
        severity: 'fatal',
        error_type: 'EMPTY_TITLE',
        summary: 's',
        samples: { data: [{ retailer_id: 'A' }, { row_number: 3 }] },
      },
    ];
    expect(sampledFindings(kinds).map(({ id, fatal }) => [id, fatal])).toEqual([
      ['A', true],
      ['', true],
    ]);
  });
});

describe('a cell of further pictures', () => {
  it('holds whole addresses up to 2,000 characters', () => {
    const addresses = Array.from(
      { length: 20 },
      (_, n) => `https://cdn.example/${'x'.repeat(150)}-${n},v.jpg`,
    );
    const encoder = feedEncoder('tsv', { own: ['id'], attributes: ITEM_ATTRIBUTES });
    const at = encoder.head.trim().split('\t').indexOf('additional_image_link');
    const cell = encoder.item(['A'], { ...LISTING, additional_image_link: addresses }).split('\t')[at] ?? '';
    const kept = cell.split(',');
    expect(cell.length).toBeLessThanOrEqual(2_000);
    expect(kept).toEqual(addresses.slice(0, kept.length).map((address) => address.replaceAll(',', '%2C')));
    expect(kept).toHaveLength(11);
  });
});
