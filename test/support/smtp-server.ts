import { createServer, type Socket } from 'node:net';

/** A letter as the server took it. */
export interface TakenLetter {
  readonly from: string;
  readonly to: readonly string[];
  /** Names in small letters; folded lines joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A mail server on loopback that takes letters as strictly as RFC 5321 has it. */
export interface TestSmtpServer {
  readonly port: number;
  readonly letters: readonly TakenLetter[];
  /** Answers to the next commands with this beginning, instead of doing them: `RCPT` → `451 later`. */
  answerInstead(command: string, reply: string): void;
  stop(): Promise<void>;
}

/** Starts one. With `login` (`user:password`) nothing is taken before AUTH PLAIN. */
export async function smtpServer(login?: string): Promise<TestSmtpServer> {
  const letters: TakenLetter[] = [];
  const instead: { command: string; reply: string }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, { letters, instead, login });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    letters,
    answerInstead: (command, reply) => void instead.push({ command, reply }),
    stop() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface World {
  readonly letters: TakenLetter[];
  readonly instead: { command: string; reply: string }[];
  readonly login: string | undefined;
}

function converse(socket: Socket, world: World): void {
  let state: 'new' | 'greeted' | 'from' | 'to' | 'data' = 'new';
  let known = world.login === undefined;
  let from = '';
  let to: string[] = [];
  let pending = '';
  const say = (reply: string): void => void socket.write(`${reply}\r\n`);

  const COMMANDS: Readonly<Record<string, (rest: string) => void>> = {
    EHLO() {
      state = 'greeted';
      say('250-loopback');
      say(world.login === undefined ? '250 8BITMIME' : '250 AUTH PLAIN');
    },
    AUTH(rest) {
      const given = Buffer.from(rest.replace(/^PLAIN /, ''), 'base64')
        .toString()
        .split('\0')
        .slice(1)
        .join(':');
      known = given === world.login;
      say(known ? '235 welcome' : '535 wrong login');
    },
    MAIL(rest) {
      const address = /^FROM:<([^<>\s]+@[^<>\s]+)>/.exec(rest)?.[1];
      if (state !== 'greeted' || !known || address === undefined)
        return say(known ? '503 no' : '530 log in first');
      from = address;
      to = [];
      state = 'from';
      say('250 ok');
    },
    RCPT(rest) {
      const address = /^TO:<([^<>\s]+@[^<>\s]+)>/.exec(rest)?.[1];
      if ((state !== 'from' && state !== 'to') || address === undefined) return say('503 no');
      to.push(address);
      state = 'to';
      say('250 ok');
    },
    DATA() {
      if (state !== 'to') return say('503 no');
      state = 'data';
      say('354 go on');
    },
    RSET() {
      state = 'greeted';
      say('250 ok');
    },
    QUIT() {
      say('221 bye');
      socket.end();
    },
  };

  socket.on('data', (chunk) => {
    pending += chunk.toString('utf8');
    for (;;) {
      const end = pending.indexOf(state === 'data' ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const line = pending.slice(0, end);
      if (state === 'data') {
        pending = pending.slice(end + 5);
        world.letters.push(letterOf(line, { from, to }));
        state = 'greeted';
        say('250 taken');
        continue;
      }
      pending = pending.slice(end + 2);
      const at = world.instead.findIndex(({ command }) => line.toUpperCase().startsWith(command));
      const [other] = at < 0 ? [] : world.instead.splice(at, 1);
      const [name = '', ...rest] = line.split(' ');
      if (other) say(other.reply);
      else (COMMANDS[name.toUpperCase()] ?? (() => say('500 what')))(rest.join(' '));
    }
  });
  say('220 loopback ready');
}

function letterOf(
  raw: string,
  { from, to }: { readonly from: string; readonly to: readonly string[] },
): TakenLetter {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const fields = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(
    fields.map((field) => [
      field.slice(0, field.indexOf(':')).toLowerCase(),
      field.slice(field.indexOf(':') + 1).trim(),
    ]),
  );
  const text = body.join('\n\n').replace(/\r\n/g, '\n').replace(/^\.\./gm, '.');
  return { from, to, headers, text: decoded(text, headers['content-transfer-encoding']) };
}

function decoded(text: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return text;
  const bytes = text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
