import { bodyOf } from './request-body.js';
import type { Route } from './route.js';

/** The ordertracking sub-API: write only. */
export const TRACKING_ROUTES: readonly Route[] = [
  {
    call: 'ordertracking.orderTrackingSignals.create',
    http: 'POST /ordertracking/v1/accounts/{a}/orderTrackingSignals',
    answer: (request, { signals }) => signals.create(bodyOf(request)),
  },
];
