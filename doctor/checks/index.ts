import type { Evidence } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { agenticChecks } from './agentic.ts';
import { backendChecks } from './backend.ts';
import type { Check } from './check.ts';
import { actsForUsers } from './downstream.ts';
import { edgeChecks } from './edge.ts';
import { metadataChecks } from './metadata.ts';
import { operationsChecks } from './operations.ts';
import { signInAtEdge } from './sign-in/edge.ts';
import { serverAnswers } from './sign-in/live.ts';
import { wayIsSafe } from './sign-in/settings.ts';
import { backupsAreNew } from './trust/backups.ts';
import { keysInOrder } from './trust/keys.ts';
import { resultsAreLabelled } from './trust/labels.ts';
import { releaseIsSigned } from './trust/release.ts';
import { secondPersonCan } from './trust/second-person.ts';
import { nothingIsOff } from './trust/switches.ts';
import { trailSent } from './trust/trail.ts';

/** The adoption checklist, in the order of the design guidance. */
export const checklist: readonly Check[] = [
  ...edgeChecks,
  signInAtEdge,
  ...backendChecks,
  ...metadataChecks,
  wayIsSafe,
  serverAnswers,
  actsForUsers,
  keysInOrder,
  secondPersonCan,
  ...agenticChecks,
  resultsAreLabelled,
  ...operationsChecks,
  trailSent,
  nothingIsOff,
  releaseIsSigned,
  backupsAreNew,
];

/** An item of the checklist and what it came to. */
export type Judged = Pick<Check, 'id' | 'group' | 'title'> & Finding;

export function examine(evidence: Evidence): Judged[] {
  return checklist.map(({ id, group, title, judge }) => ({ id, group, title, ...judge(evidence) }));
}
