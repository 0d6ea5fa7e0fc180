import { Button } from '../button/button.js';
import { BulkBar } from './bulk-bar.js';

/** Fifty rows are ticked. */
export function Story() {
  return (
    <BulkBar n={50} onClear={() => undefined}>
      <Button>Exclude 50 listings</Button>
    </BulkBar>
  );
}
