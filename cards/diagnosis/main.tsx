import { render } from 'preact';
import type * as z from 'zod';
import type { SeenDiagnosis } from '#contoso/diagnosis/card-tools';
import type { Report } from '#contoso/diagnosis/report';
import { steps } from '#contoso/diagnosis/steps';
import type { diagnosisRequest } from '#contoso/diagnosis/trouble-shoot-device';
import { visible } from '#platform/format-controls';
import { formatIn } from '../host/format.ts';
import { useClient } from '../shell/client.ts';
import { Trouble, Waiting } from '../shell/states.tsx';
import { Cancel } from './cancel.tsx';
import { Findings } from './findings.tsx';
import { useFollowing } from './follow.ts';
import { Steps } from './steps.tsx';
import '../shell/card.css';
import './diagnosis.css';

const title = 'Diagnosis of a device';

document.title = title;
render(<DiagnosisCard />, document.body);

/** Shows the job from the moment of the call on: its answer comes at the end, and only if the client waits for so long. */
function DiagnosisCard() {
  const { host, input, answer, locale } = useClient('diagnosis');
  const isComplete = answer?.kind === 'data';
  const following = useFollowing({ host, input, isAnswered: answer !== undefined, isOver: isComplete });
  const { trouble, take } = following;
  const seen = isComplete ? completed(answer.data as Report, following.seen) : following.seen;
  const format = formatIn(locale);
  const { device_name, detail } = (input ?? {}) as Partial<z.output<typeof diagnosisRequest>>;
  return (
    <main>
      <h1>{title}</h1>
      {device_name !== undefined && (
        <p>
          <strong>{visible(device_name)}</strong>{' '}
          <span class="quiet">{detail === undefined ? '' : visible(detail)}</span>
        </p>
      )}
      {seen !== undefined && (
        <>
          <State seen={seen} />
          {seen.started_at !== '' && <p class="quiet">Started {format.time(seen.started_at)}</p>}
          <Steps seen={seen} />
          {seen.status === 'working' && host !== undefined && (
            <Cancel host={host} task={seen.task_id} onAnswer={take} />
          )}
          {trouble !== undefined && seen.status === 'working' && (
            <p role="status" class="trouble">
              It is not known how far it is now: {trouble}
            </p>
          )}
          <Findings seen={seen} format={format} />
          {seen.actions_taken.map((action) => (
            <p key={action}>{visible(action)}</p>
          ))}
        </>
      )}
      {seen === undefined && answer === undefined && <Waiting what="Waiting for the diagnosis to start…" />}
      {seen === undefined && answer !== undefined && answer.kind !== 'data' && <Trouble {...answer} />}
    </main>
  );
}

/** How far it is, or what it came to. */
function State({ seen: { status, message, steps_done, conclusion } }: { readonly seen: SeenDiagnosis }) {
  return (
    <>
      {status === 'working' && (
        <progress value={steps_done} max={steps.length} aria-label="Steps of the diagnosis that are done" />
      )}
      <p role="status">{visible(conclusion?.summary ?? message)}</p>
    </>
  );
}

/** The report as the last state of the job. */
function completed(report: Report, before: SeenDiagnosis | undefined): SeenDiagnosis {
  const { findings, actions_taken, status, summary } = report;
  return {
    task_id: before?.task_id ?? '',
    status: 'completed',
    message: summary,
    started_at: before?.started_at ?? '',
    steps_done: steps.length,
    has_begun: true,
    findings,
    findings_left_out: 0,
    actions_taken,
    conclusion: { status, summary },
  };
}
