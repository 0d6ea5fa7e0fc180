import { FileDrop } from './file-drop.js';

/** A CSV file is asked for. */
export function Story() {
  return (
    <FileDrop
      label="Drop a file of parcels"
      accept=".csv"
      help="CSV with a header"
      onFile={() => undefined}
    />
  );
}
