import type { FaultRow } from '../fault-row.js';

/** Rows 1 to 9 and 13 to 16: calls to a channel and their answers. */
export const CALLS: readonly FaultRow[] = [
  {
    row: 1,
    fault: 'The channel answers 429 and says for how long',
    guard: 'Its own delay is kept to, in seconds or as a date, an hour at most; the attempt does not count',
    test: {
      file: 'test/faults/answers.test.ts',
      title: 'is waited for as it says, an hour at most: %s',
    },
    without: {
      file: 'src/channel/classify.ts',
      text: "againInMs: retryAfterMs(reply.headers['retry-after'], reply.headers.date),",
      replacement: 'againInMs: null,',
    },
    also: ['test/sync/engine.test.ts', 'test/contract/connectors.test.ts'],
  },
  {
    row: 2,
    fault: 'The channel answers 429 and says nothing',
    guard: 'Each refusal halves our rate, each call after it brings a little back',
    test: {
      file: 'test/faults/pace.test.ts',
      title: 'is found out: we allow %d calls a second, it %d with %d at once',
    },
    without: {
      file: 'src/channel/throttle.ts',
      text: 'perSecond = refused.rate / 2;',
      replacement: '',
    },
  },
  {
    row: 3,
    fault: 'The channel fails with 500, 502 or 503',
    guard: 'A write may have been applied all the same: it is looked for before it is repeated',
    test: {
      file: 'test/faults/answers.test.ts',
      title: 'of status %i with a web page may have been applied all the same',
    },
    without: {
      file: 'src/channel/classify.ts',
      text: "status: 'family-5xx',\n    kind: 'ambiguous',",
      replacement: "status: 'family-5xx',\n    kind: 'refused',",
    },
    also: ['test/contract/connectors.test.ts'],
  },
  {
    row: 4,
    fault: 'Nobody answers the connection; the name, the port or the certificate is wrong',
    guard:
      'Connecting has a limit of its own, and what fails before the connection stands is known not to be sent',
    test: {
      file: 'test/faults/connections.test.ts',
      title: 'is known not to be sent, soon, when nobody answers the connection',
    },
    without: {
      file: 'src/channel/connect-limit.ts',
      text: 'socket.destroy(new ConnectTimeout(on.connectMs))',
      replacement: 'undefined',
    },
  },
  {
    row: 5,
    fault: 'The answer is lost after the change was applied',
    guard:
      'A deterministic key is written before the call, and the far side is searched before the call is repeated',
    test: {
      file: 'test/orders/orders.test.ts',
      title: 'places an order exactly once, even when the answer of the shop is lost',
    },
    without: {
      file: 'src/orders/place.ts',
      text: "if (found.length > 0) return await recordPlaced(desk, { lease, orders: found, how: 'found' });",
      replacement: '',
    },
    also: [
      'test/orders/place.test.ts',
      'test/orders/stormy-orders.test.ts',
      'test/contract/connectors.test.ts',
    ],
  },
  {
    row: 6,
    fault: 'A batch is answered in part',
    guard: 'Receipts are read by SKU, silence is no success, and every listing is counted once',
    test: {
      file: 'test/faults/partial-batches.test.ts',
      title:
        'counts every listing once, whatever it leaves out, repeats, mixes up or makes up, and only what failed is sent again',
    },
    without: {
      file: 'src/sync/apply.ts',
      text: 'afterReceipt(record, bySku.get(record.sku) ?? noReceipt(record.sku), context)',
      replacement:
        "afterReceipt(record, bySku.get(record.sku) ?? { sku: record.sku, outcome: 'live' }, context)",
    },
    also: ['test/sync/engine.test.ts'],
  },
  {
    row: 7,
    fault: 'Accepted now, refused later',
    guard: 'Accepted is not live: a listing is live once the channel’s own verdict on this revision says so',
    test: {
      file: 'test/contract/connector.ts',
      title: 'tells which listing the channel refused, and the others are live',
      runs: 'test/contract/connectors.test.ts',
      suite: 'memory',
    },
    without: {
      file: 'src/sync/receipts.ts',
      text: "case 'accepted':\n",
      replacement:
        "case 'accepted':\n      return attended(liveRecord(answered, receipt.issues, context), now);\n",
    },
    also: ['test/sync/feed-report.test.ts', 'test/connectors/google-merchant/listings.test.ts'],
  },
  {
    row: 8,
    fault: 'The body drips a byte now and then',
    guard: 'One deadline for the whole call, body included',
    test: {
      file: 'test/faults/connections.test.ts',
      title: 'is left at the deadline of the whole call',
    },
    without: {
      file: 'src/channel/http.ts',
      text: 'signal: AbortSignal.any([stop, AbortSignal.timeout(deadlineMs)]),',
      replacement: 'signal: stop,',
    },
  },
  {
    row: 9,
    fault: 'The answer is cut, empty, or no JSON',
    guard: 'What cannot be read is no value: the outcome of the call is unknown',
    test: { file: 'test/faults/answers.test.ts', title: 'is no value, wherever it was cut' },
    without: {
      file: 'src/channel/classify.ts',
      text: 'throw unreadable(operation, cause);',
      replacement: 'return {};',
    },
  },
  {
    row: 13,
    fault: 'The clock is wrong, or is set',
    guard: 'Tokens and waits are measured on a clock nobody sets; assertions are dated back half a minute',
    test: {
      file: 'test/faults/clocks.test.ts',
      title: 'or set by ten minutes, either way, ends no token early and keeps none too long',
    },
    without: {
      file: 'connectors/google-merchant/auth.ts',
      text: 'goodUntilMs: clock.monotonicMs() + answer.lifeMs * GOOD_FOR',
      replacement: 'goodUntilMs: epochMs(clock.now()) + answer.lifeMs * GOOD_FOR',
    },
    also: ['npm run chaos'],
  },
  {
    row: 14,
    fault: 'The token dies in the middle of a batch',
    guard: 'A refused token is renewed once, and only what was not sent yet is sent again',
    test: {
      file: 'test/connectors/google-merchant/failures.test.ts',
      title: 'replaces a token that died in the middle of a batch and sends only the rest again',
    },
    without: {
      file: 'connectors/google-merchant/auth.ts',
      text: 'if (held?.token === token) held = null;',
      replacement: '',
    },
    also: ['test/connectors/amazon/auth.test.ts'],
  },
  {
    row: 15,
    fault: 'Several workers renew the same token',
    guard: 'One exchange at a time; all callers share it, and an old token’s refusal does not end a new one',
    test: {
      file: 'test/faults/one-refresh.test.ts',
      title: 'is renewed by one of them at a time, and the authorization survives: %s',
    },
    without: {
      file: 'connectors/google-merchant/auth.ts',
      text: 'underWay ??= exchange()',
      replacement: 'underWay = exchange()',
    },
  },
  {
    row: 16,
    fault: 'The authorization is taken back',
    guard:
      'The channel is paused at once, a person is told, and nothing is asked again until it is connected',
    test: {
      file: 'test/sync/engine.test.ts',
      title: 'pauses the channel at once when its credentials are refused, and shows a problem',
    },
    without: {
      file: 'src/sync/open-desk.ts',
      text: "if (error.kind === 'auth-lost')\n    await pauseChannel",
      replacement: 'if (false)\n    await pauseChannel',
    },
    also: ['test/connectors/google-merchant/failures.test.ts', 'test/connectors/amazon/auth.test.ts'],
  },
];
