import { afterEach, describe, expect, it } from 'vitest';
import { smtpPostman } from '../../src/mail/smtp-postman.js';
import { smtpServer, type TestSmtpServer } from '../support/smtp-server.js';

const LETTER = { id: 'a/1', to: 'berlin@shop.example', subject: 'Grüße', text: '2 × Größe S\n.\n' };

describe('letters', () => {
  let server: TestSmtpServer;
  afterEach(() => server.stop());
  const postman = (login = '') =>
    smtpPostman({ server: `smtp://${login}127.0.0.1:${server.port}`, from: 'orders@shop.example' });

  it('arrive whole, from whom the operator says, marked as written by no person', async () => {
    server = await smtpServer('orders:secret');
    await postman('orders:secret@').send(LETTER);
    expect(server.letters).toMatchObject([
      {
        from: 'orders@shop.example',
        to: ['berlin@shop.example'],
        headers: { 'auto-submitted': 'auto-generated', subject: expect.stringMatching(/^=\?UTF-8\?/) },
        text: expect.stringContaining('2 × Größe S\n.'),
      },
    ]);
  });

  it('have the same id when they are handed in again, and another for another letter', async () => {
    server = await smtpServer();
    for (const id of ['a/1', 'a/1', 'a/2']) await postman().send({ ...LETTER, id });
    const [first, again, other] = server.letters.map(({ headers }) => headers['message-id']);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([
    ['RCPT', '550 no such mailbox', 'refused'],
    ['RCPT', '451 later', 'throttled'],
    ['AUTH', '535 wrong', 'auth-lost'],
  ])(
    'that are not taken say why, and neither address nor password (%s: %s)',
    async (command, reply, kind) => {
      server = await smtpServer('orders:secret');
      server.answerInstead(command, reply);
      const sending = postman('orders:secret@').send(LETTER);
      await expect(sending).rejects.toMatchObject({ code: 'letter_not_taken', kind });
      await expect(sending).rejects.not.toThrow(/secret|berlin@/);
      expect(server.letters).toEqual([]);
    },
  );

  it('are not sent at all when nobody listens', async () => {
    server = await smtpServer();
    await server.stop();
    await expect(postman().send(LETTER)).rejects.toMatchObject({ kind: 'not-sent' });
  });

  it('are not needed to see whether the server can be used, and a wrong password is said without it', async () => {
    server = await smtpServer('orders:secret');
    await postman('orders:secret@').check();
    expect(server.letters).toEqual([]);
    const wrong = postman('orders:guess@').check();
    await expect(wrong).rejects.toMatchObject({ kind: 'auth-lost', owner: 'operator' });
    await expect(wrong).rejects.not.toThrow(/guess/);
    await server.stop();
    await expect(postman().check()).rejects.toMatchObject({ kind: 'not-sent' });
  });
});
