import net from 'node:net';

const connect = net.Socket.prototype.connect;

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
