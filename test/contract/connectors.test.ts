import { connectors } from '../../connectors/index.js';
import { describeListings } from './connector.js';

for (const connector of connectors) describeListings(connector);
