import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

const PROCESS = randomUUID();
let counter = 0;

/** A fencing token that no other claim ever had; it says whose it is: host, process id, process, number. */
export function newLease(): string {
  counter += 1;
  return `${hostname()}/${process.pid}/${PROCESS}/${counter}`;
}

/**
 * Whether the process behind a lease has certainly ended. Only answers for processes of this host: a restart after a kill
 * goes on at once instead of waiting for the lease to run out.
 */
export function ownerEnded(lease: string): boolean {
  const [host, pid, owner] = lease.split('/');
  if (host !== hostname() || owner === PROCESS || pid === undefined) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
