import { addAdopt } from './adopt.js';
import { addAudit } from './audit.js';
import { addBackup, addRestore } from './backup.js';
import { addBuyers } from './buyers.js';
import { addCategories } from './categories.js';
import { addChannel } from './channel.js';
import type { AddCommand } from './command.js';
import { addComplaints } from './complaints.js';
import { addDemo } from './demo.js';
import { addDoctor } from './doctor.js';
import { addExplain } from './explain.js';
import { addHistory } from './history.js';
import { addImport } from './import.js';
import { addInit } from './init.js';
import { addKeys } from './keys.js';
import { addLocations } from './locations.js';
import { addMapping } from './mapping.js';
import { addMatch } from './match.js';
import { addNewConnector } from './new-connector.js';
import { addObserve } from './observe.js';
import { addOrders } from './orders.js';
import { addOverride } from './override.js';
import { addPlan } from './plan.js';
import { addProfit } from './profit.js';
import { addReport } from './report.js';
import { addResume } from './resume.js';
import { addRevive } from './revive.js';
import { addShip } from './ship.js';
import { addSimulate } from './simulate.js';
import { addStart, addWorker } from './start.js';
import { addStatus } from './status.js';
import { addStock } from './stock.js';
import { addSync } from './sync.js';
import { addSetupToken, addUsers } from './users.js';

/** Every command, in the order of the help. One line per command. */
export const commands: readonly AddCommand[] = [
  addDemo,
  addInit,
  addDoctor,
  addImport,
  addComplaints,
  addPlan,
  addSync,
  addResume,
  addChannel,
  addMatch,
  addObserve,
  addAdopt,
  addExplain,
  addHistory,
  addMapping,
  addCategories,
  addStatus,
  addRevive,
  addOrders,
  addShip,
  addLocations,
  addReport,
  addBuyers,
  addBackup,
  addRestore,
  addProfit,
  addOverride,
  addStock,
  addStart,
  addSetupToken,
  addUsers,
  addKeys,
  addAudit,
  addWorker,
  addSimulate,
  addNewConnector,
];
