import { lazy } from 'react';

/** The forms of an order; each is fetched when it is opened first. */
export const ShipmentDialog = lazy(() =>
  import('./shipment-dialog.js').then((module) => ({ default: module.ShipmentDialog })),
);
/** Units that are cancelled. */
export const CancelDialog = lazy(() =>
  import('./cancel-dialog.js').then((module) => ({ default: module.CancelDialog })),
);
/** Money that goes back. */
export const RefundDialog = lazy(() =>
  import('./refund-dialog.js').then((module) => ({ default: module.RefundDialog })),
);
/** Goods that came back. */
export const ReturnDialog = lazy(() =>
  import('./return-dialog.js').then((module) => ({ default: module.ReturnDialog })),
);
/** Another location. */
export const AssignDialog = lazy(() =>
  import('./assign-dialog.js').then((module) => ({ default: module.AssignDialog })),
);
