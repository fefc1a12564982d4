import type { Conclusion, Finding, Report } from '#contoso/diagnosis/report';
import { type JobInput, jobInput, type StepOutcome, stepOutcome } from '#contoso/diagnosis/step-contract';
import { done, milestone, type StepName, steps } from '#contoso/diagnosis/steps';
import { dayOf } from '../dates.ts';
import type { Orchestration } from './ports.ts';

/** What the steps so far came to. */
interface Diagnosis {
  readonly findings: Finding[];
  readonly actions: string[];
  readonly notDone: StepName[];
  conclusion: Conclusion;
}

const withoutConclusion: Conclusion = {
  status: 'failed',
  summary: 'The checks could not be summed up; see the findings.',
};

/**
 * Carries out the steps one after the other, spread over the job's time. Deterministic: it decides on nothing but what
 * `work` hands in. A step of which every attempt failed becomes a finding, and the others go on.
 */
export function* troubleshoot<Wait>(work: Orchestration<Wait>): Generator<Wait, Report, unknown> {
  const job = jobInput.parse(work.input);
  const startedAt = work.now();
  const diagnosis: Diagnosis = { findings: [], actions: [], notDone: [], conclusion: withoutConclusion };
  for (const [index, { name }] of steps.entries()) {
    work.report(milestone(index));
    yield* carryOut(work, job, dayOf(startedAt), name, diagnosis);
    const share = (index + 1) / steps.length;
    yield* waitUntil(work, new Date(startedAt.getTime() + job.seconds * 1000 * share));
  }
  work.report(done);
  const { findings, actions, conclusion } = diagnosis;
  return {
    device_name: job.request.device_name,
    request_detail: job.request.detail,
    ...conclusion,
    findings,
    actions_taken: actions,
  };
}

function* carryOut<Wait>(
  work: Orchestration<Wait>,
  { tenant, request, trace }: JobInput,
  day: string,
  step: StepName,
  diagnosis: Diagnosis,
): Generator<Wait, void, unknown> {
  const { findings, notDone } = diagnosis;
  const course = step === 'summarize' ? { course: { findings: [...findings], notDone: [...notDone] } } : {};
  const origin = trace === undefined ? {} : { trace };
  const input = { tenant, step, request, day, operationId: work.instanceId, ...course, ...origin };
  let outcome: StepOutcome;
  try {
    outcome = stepOutcome.parse(yield work.step(input));
  } catch {
    notDone.push(step);
    findings.push(notCarriedOut(step));
    return;
  }
  findings.push(...outcome.findings);
  diagnosis.actions.push(...outcome.actions);
  diagnosis.conclusion = outcome.conclusion ?? diagnosis.conclusion;
}

/** Always waited for to its end, so no timer is left open when the orchestrator returns. */
function* waitUntil<Wait>(work: Orchestration<Wait>, moment: Date): Generator<Wait, void, unknown> {
  if (work.now() < moment) yield work.until(moment);
}

function notCarriedOut(step: StepName): Finding {
  return {
    step,
    severity: 'warning',
    title: 'This step could not be carried out',
    detail: 'It failed every time it was tried, so its result is unknown. Run the diagnosis again later.',
  };
}
