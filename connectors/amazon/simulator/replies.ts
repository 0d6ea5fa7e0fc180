import { randomUUID } from 'node:crypto';
import type { SimulatorReply } from '../../../src/channel/simulator-server.js';
import type { JsonObject } from '../../../src/domain/json.js';

/** A successful answer. */
export function success(body: JsonObject): SimulatorReply {
  return { status: 200, headers: requestId(), body };
}

/** 204, as `confirmShipment` answers. */
export function noContent(): SimulatorReply {
  return { status: 204, headers: requestId() };
}

/** An error in the shape of every SP-API error body. */
export function refused(status: number, code: string, message: string, details = ''): SimulatorReply {
  return { status, headers: requestId(), body: { errors: [{ code, message, details }] } };
}

/** A parameter or body that cannot be read. */
export function invalid(details: string): SimulatorReply {
  return refused(
    400,
    'InvalidInput',
    'Request has missing or invalid parameters and cannot be parsed.',
    details,
  );
}

/** Amazon's answer to calls above the usage plan; there is no `Retry-After`. */
export function quotaExceeded(): SimulatorReply {
  return refused(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');
}

function requestId(): Record<string, string> {
  return { 'x-amzn-RequestId': randomUUID() };
}
