import type { AddCommand } from './command.js';
import { addDoctor } from './doctor.js';
import { addInit } from './init.js';
import { addNewConnector } from './new-connector.js';
import { addSimulate } from './simulate.js';

/** Every command, in the order of the help. One line per command. */
export const commands: readonly AddCommand[] = [addInit, addDoctor, addSimulate, addNewConnector];
