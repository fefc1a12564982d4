import { counted } from '#platform/counted';
import { defineJob } from '#platform/jobs/definition';
import { noSubscription } from '../tools/lookups.ts';
import { type Conclusion, type Finding, report } from './report.ts';
import { type DiagnosisOptions, runStep } from './run-step.ts';
import { soFarOf } from './so-far.ts';
import { stepOutcome, troubleshootRequest } from './step-contract.ts';
import { type StepName, steps } from './steps.ts';

/** What the steps so far came to. */
interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly actions: readonly string[];
  /** Steps of which every attempt failed. */
  readonly notDone: readonly StepName[];
  readonly conclusion: Conclusion;
}

const withoutConclusion: Conclusion = {
  status: 'failed',
  summary: 'The checks could not be summed up; see the findings.',
};

export interface DiagnosisJobOptions extends DiagnosisOptions {
  /** How long a diagnosis takes at least. */
  readonly seconds: number;
}

/** Name of the tool that starts a diagnosis. */
export const diagnosisName = 'trouble_shoot_device';

/** The troubleshooting of a device. */
export function diagnosisJob(options: DiagnosisJobOptions) {
  return defineJob<ReturnType<typeof troubleshootRequest.parse>, Diagnosis>({
    name: diagnosisName,
    orchestration: 'troubleshoot',
    activity: 'troubleshootStep',
    request: troubleshootRequest,
    result: report,
    steps,
    seconds: options.seconds,
    words: {
      done: 'The diagnosis is complete.',
      broken: 'The diagnosis broke off because of a fault of this service; start it again.',
      cancelled: 'The diagnosis was cancelled.',
      full: (most) =>
        `You have ${counted(most, 'diagnosis', 'diagnoses')} running, which is the most at a time; wait until one ends or cancel one.`,
    },
    /** What cannot be diagnosed must not take one of the slots for running jobs. */
    async admit({ subscription_id: id }, { tenant }) {
      if (id === undefined) {
        return;
      }
      if ((await options.storeOf(tenant).accounts.ownerOfSubscription(id)) === undefined) {
        noSubscription(id);
      }
    },
    begin: () => ({ findings: [], actions: [], notDone: [], conclusion: withoutConclusion }),
    given: (step, { findings, notDone }) => (step === 'summarize' ? { course: { findings, notDone } } : {}),
    after(diagnosis, step, raw) {
      const outcome = stepOutcome.safeParse(raw).data;
      if (outcome === undefined) {
        return withoutStep(diagnosis, step as StepName);
      }
      return {
        ...diagnosis,
        findings: [...diagnosis.findings, ...outcome.findings],
        actions: [...diagnosis.actions, ...outcome.actions],
        conclusion: outcome.conclusion ?? diagnosis.conclusion,
      };
    },
    soFar: ({ findings, actions }) => soFarOf(findings, actions),
    conclude: ({ device_name, detail }, { findings, actions, conclusion }) => ({
      device_name,
      request_detail: detail,
      ...conclusion,
      findings,
      actions_taken: actions,
    }),
    run: (input) => runStep(input, options),
  });
}

function withoutStep(diagnosis: Diagnosis, step: StepName): Diagnosis {
  const finding: Finding = {
    step,
    severity: 'warning',
    title: 'This step could not be carried out',
    detail: 'It failed every time it was tried, so its result is unknown. Run the diagnosis again later.',
  };
  return {
    ...diagnosis,
    notDone: [...diagnosis.notDone, step],
    findings: [...diagnosis.findings, finding],
  };
}
