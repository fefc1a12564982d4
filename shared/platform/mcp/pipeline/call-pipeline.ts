import { pseudonyms } from '../../telemetry/pseudonym.ts';
import { accessToRequest, accessWith, changesStill } from './access.ts';
import { approvalOf, approvalWith } from './approve.ts';
import { auditStartIn } from './audit.ts';
import { checkInput } from './check-input.ts';
import { compose, type Run, type Step } from './compose.ts';
import { type ConfirmationKey, confirmWith } from './confirm.ts';
import { deadlineStep } from './deadline.ts';
import { argumentDigest } from './digest.ts';
import { errorBoundaryOf } from './error-boundary.ts';
import type { Invocation } from './invocation.ts';
import { observeWith } from './observe.ts';
import type { PipelineOptions } from './options.ts';
import { recordingWith } from './recording.ts';
import { runOperation } from './run-operation.ts';

type Needed = Pick<
  PipelineOptions,
  'logger' | 'trail' | 'signingKeys' | 'now' | 'resources' | 'switches' | 'approvals'
>;

/** What every operation goes through, whatever it is and whoever chose it. */
export function callPipeline(options: Needed): Run {
  return compose(stepsOf(options));
}

/**
 * In this order nothing runs before it is allowed, its input is checked, its user has agreed, it is on record, and a
 * second person has approved what needs one.
 */
function stepsOf({
  logger,
  trail,
  signingKeys,
  now,
  resources,
  switches,
  approvals,
}: Needed): readonly Step[] {
  const [current, ...earlier] = signingKeys;
  const keyOf = (key: string): ConfirmationKey => ({ key, digest: argumentDigest(key) });
  const { key, digest } = keyOf(current);
  const recordOf = recordingWith(digest);
  const useNonce = ({ call: { principal } }: Invocation, id: string) =>
    resources(principal).usedNonces.use(principal.user, id, now());
  return [
    observeWith({ trail, logger, pseudonym: pseudonyms(key), recordOf }),
    errorBoundaryOf(logger),
    accessWith(switches),
    deadlineStep(),
    checkInput,
    accessToRequest(switches),
    approvalOf(approvals),
    confirmWith({ keys: [{ key, digest }, ...earlier.map(keyOf)], now, useNonce }),
    changesStill(switches),
    auditStartIn(trail, recordOf),
    approvalWith(approvals),
    runOperation,
  ];
}
