import { accessFaults } from './access.ts';
import { combinationFaults } from './combinations.ts';
import { dataFaults } from './data.ts';
import { type Fault, fault } from './fault.ts';
import { identityFaults } from './identity.ts';
import { intermittentFaults } from './intermittent.ts';
import { memoryFaults } from './memory.ts';
import { nearRightFaults } from './near-right.ts';
import { requestFaults } from './request.ts';
import { spellingFaults } from './spelling.ts';
import { timeFaults } from './time.ts';
import { tokenFaults } from './token.ts';

/** All faults that no schema can express. */
export const ALL_FAULTS: readonly Fault[] = [
  ...[identityFaults, tokenFaults, timeFaults, accessFaults, requestFaults, dataFaults, nearRightFaults, memoryFaults]
    .flat()
    .map(fault),
  ...[spellingFaults, intermittentFaults].flat().map(fault),
  ...combinationFaults,
];
