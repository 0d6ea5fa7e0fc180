import { PrintSheet, TickBox } from './print-sheet.js';

/** A sheet with one line to tick. */
export function Story() {
  return (
    <PrintSheet title="Berlin, Wed 25 Nov, 10:00">
      <p>
        <TickBox /> B-10 · 3 × SHIRT-S
      </p>
    </PrintSheet>
  );
}
