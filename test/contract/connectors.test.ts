import { connectors } from '../../connectors/index.js';
import type { Connector } from '../../src/channel/connector.js';
import { lists } from '../../src/channel/listing-connector.js';
import { describeListings } from './connector.js';
import { describeDefaultMapping } from './default-mapping.js';
import { describeOrders } from './order-port.js';

/** A connector whose simulator takes orders sells. */
async function sells(connector: Connector): Promise<boolean> {
  const simulator = await (await connector.simulator?.())?.start({ port: 0, processingMs: 0 });
  await simulator?.stop();
  return simulator?.placeOrder !== undefined;
}

for (const connector of connectors.filter(lists)) {
  describeListings(connector);
  describeDefaultMapping(connector);
  if (await sells(connector)) describeOrders(connector);
}
