import { differentControl, sameControl } from './control.ts';
import type { DifferentRow, SameRow, UnrunRow } from './row.ts';
import { differentStarts, sameStarts } from './starts.ts';
import { differentStates, sameEvents, sameStates } from './states.ts';
import { differentSteps, sameSteps } from './steps.ts';
import { differentTimers, differentValues, sameTimers, sameValues } from './values.ts';

/** Each on instances of its own, so all of them can run at once. */
export const sameRows: readonly SameRow[] = [
  ...sameSteps,
  ...sameValues,
  ...sameTimers,
  ...sameStarts,
  ...sameStates,
  ...sameControl,
  ...sameEvents,
];

export const differentRows: readonly DifferentRow[] = [
  ...differentSteps,
  ...differentValues,
  ...differentTimers,
  ...differentStarts,
  ...differentStates,
  ...differentControl,
];

export const unrunRows: readonly UnrunRow[] = [
  {
    what: 'four programming mistakes in an orchestrator or its registration',
    why: 'there the instance stays Running until it is terminated; here it fails and says why, and with --strict it stays Running too. The product makes none of them, and a job without progress past its own clock ends as failed',
  },
  {
    what: 'durable entities, `continueAsNew`, and calls by HTTP from an orchestrator',
    why: 'not emulated, and the failure says so: the product uses none',
  },
];
