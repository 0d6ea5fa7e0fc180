import type { FaultRow } from './fault-row.js';
import { CALLS } from './rows/calls.js';
import { FILES } from './rows/files.js';
import { MACHINE } from './rows/machine.js';
import { ORDERS } from './rows/orders.js';

/** The fault matrix of the house, by row. `npm run faults` takes the guards away one by one and sees the tests fail. */
export const MATRIX: readonly FaultRow[] = [...CALLS, ...FILES, ...ORDERS, ...MACHINE].sort(
  (one, other) => one.row - other.row,
);

/** Rows of the design. */
export const ROWS = 37;
