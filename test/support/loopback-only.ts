import net from 'node:net';

/** Kept beside the wrapper: this file runs before every test file, and files share a process. */
const ORIGINAL = Symbol.for('omnifeed.connect');
const prototype = net.Socket.prototype as typeof net.Socket.prototype & { [ORIGINAL]?: typeof connect };
prototype[ORIGINAL] ??= net.Socket.prototype.connect;
const connect: typeof net.Socket.prototype.connect = prototype[ORIGINAL];

/** Any connection that is not to this machine fails the test that tries it. */
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const host =
    typeof first === 'object' && first !== null && 'host' in first
      ? (first as { host?: string }).host
      : undefined;
  if (host !== undefined && !/^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(host)) {
    throw new Error(`A test tried to connect to ${host}; tests use loopback addresses only.`);
  }
  return Reflect.apply(connect, this, args) as net.Socket;
};
