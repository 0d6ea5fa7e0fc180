import { expect, it } from 'vitest';
import { houseLog } from '../../src/log/log.js';

function capture(): { lines: string[]; write(line: string): void } {
  const lines: string[] = [];
  return { lines, write: (line) => void lines.push(line) };
}

it('writes one JSON line per call, with level, time and facts', () => {
  const to = capture();
  houseLog({ level: 'info', to }).about({ channel: 'google-us' }).warn({ sent: 3 }, 'partly sent');
  expect(to.lines).toHaveLength(1);
  expect(JSON.parse(to.lines[0] ?? '')).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    channel: 'google-us',
    sent: 3,
    message: 'partly sent',
  });
});

it('hides members that are secrets or buyers by name, at any depth', () => {
  const to = capture();
  houseLog({ level: 'info', to }).info(
    {
      request: { headers: [{ Authorization: 'Bearer x', accept: 'y' }] },
      clientSecret: 's',
      email: 'ada@example.org',
      key: 'google-us',
    },
    'called',
  );
  expect(JSON.parse(to.lines[0] ?? '')).toMatchObject({
    request: { headers: [{ Authorization: '[redacted]', accept: 'y' }] },
    clientSecret: '[redacted]',
    email: '[redacted]',
    key: 'google-us',
  });
});

it('hides known values wherever they stand, in message and facts, also in address spelling', () => {
  const to = capture();
  const log = houseLog({ level: 'info', to });
  log.hide('p/ss word');
  log
    .about({})
    .error({ url: 'https://x/?t=p%2Fss%20word', deep: [{ note: 'it is p/ss word!' }] }, 'with p/ss word');
  expect(to.lines.join()).not.toMatch(/p\/ss|p%2Fss/);
});

it('keeps still below its level', () => {
  const to = capture();
  const log = houseLog({ level: 'error', to });
  log.info({}, 'a');
  log.warn({}, 'b');
  log.error({}, 'c');
  expect(to.lines).toHaveLength(1);
});
