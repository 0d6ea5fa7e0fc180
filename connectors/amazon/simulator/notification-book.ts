import { randomUUID } from 'node:crypto';
import type { SimulatorReply, SimulatorRequest } from '../../../src/channel/simulator-server.js';
import { isJsonObject, type JsonObject } from '../../../src/domain/json.js';
import { invalid, refused, success } from './replies.js';

/** Destinations of the application and subscriptions of the seller, as the Notifications API keeps them. */
export interface NotificationBook {
  destinations(): SimulatorReply;
  createDestination(request: SimulatorRequest): SimulatorReply;
  subscription(type: string): SimulatorReply;
  createSubscription(type: string, request: SimulatorRequest): SimulatorReply;
}

interface Destination {
  readonly destinationId: string;
  readonly name: string;
  readonly resource: { readonly sqs: { readonly arn: string } };
}

/** An empty book. A queue is a destination once, and a type has one subscription. Source: model notifications; verified 2026-11. */
export function notificationBook(): NotificationBook {
  const destinations: Destination[] = [];
  const subscriptions = new Map<string, JsonObject>();
  return {
    destinations: () => success({ payload: structuredClone(destinations) as unknown as JsonObject[] }),
    createDestination(request) {
      const { name, resourceSpecification } = bodyOf(request);
      const sqs = isJsonObject(resourceSpecification) ? resourceSpecification.sqs : undefined;
      const arn = isJsonObject(sqs) ? sqs.arn : undefined;
      if (
        typeof name !== 'string' ||
        typeof arn !== 'string' ||
        !/^arn:aws:sqs:[a-z0-9-]+:\d+:[\w-]+$/.test(arn)
      )
        return invalid('resourceSpecification is not valid.');
      if (destinations.some(({ resource }) => resource.sqs.arn === arn))
        return refused(409, 'Conflict', 'The destination exists already.');
      const made = { destinationId: randomUUID(), name, resource: { sqs: { arn } } };
      destinations.push(made);
      return success({ payload: made });
    },
    subscription(type) {
      const found = subscriptions.get(type);
      return found ? success({ payload: found }) : refused(404, 'NotFound', 'There is no subscription.');
    },
    createSubscription(type, request) {
      const { destinationId, payloadVersion, processingDirective } = bodyOf(request);
      if (payloadVersion !== '1.0') return invalid('payloadVersion is not supported.');
      if (!destinations.some((each) => each.destinationId === destinationId))
        return invalid('destinationId is not known.');
      if (subscriptions.has(type)) return refused(409, 'Conflict', 'A subscription exists already.');
      const filter = isJsonObject(processingDirective) ? processingDirective.eventFilter : undefined;
      if (filter !== undefined && (!isJsonObject(filter) || filter.eventFilterType !== type))
        return invalid('eventFilterType is not that of the notification.');
      const made: JsonObject = {
        subscriptionId: randomUUID(),
        payloadVersion,
        destinationId: String(destinationId),
        ...(processingDirective === undefined ? {} : { processingDirective }),
      };
      subscriptions.set(type, made);
      return success({ payload: made });
    },
  };
}

function bodyOf(request: SimulatorRequest): JsonObject {
  const body: unknown = JSON.parse(request.body.toString('utf8'));
  return typeof body === 'object' && body !== null ? (body as JsonObject) : {};
}
