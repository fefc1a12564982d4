import { differentControl, sameControl } from './control.ts';
import { sameEvents } from './events.ts';
import { differentMistakes, sameMistakes } from './mistakes.ts';
import type { DifferentRow, SameRow } from './row.ts';
import { differentStarts, sameStarts } from './starts.ts';
import { differentStates, sameStates } from './states.ts';
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
  ...sameMistakes,
];

export const differentRows: readonly DifferentRow[] = [
  ...differentSteps,
  ...differentValues,
  ...differentTimers,
  ...differentStarts,
  ...differentStates,
  ...differentControl,
  ...differentMistakes,
];
