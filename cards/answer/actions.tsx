import { useState } from 'preact/hooks';
import { visible } from '#platform/format-controls';
import type { Host } from '../host/host.ts';
import { Question } from '../shell/question.tsx';
import { Waiting } from '../shell/states.tsx';
import type { ExpertAnswer } from './expert-answer.ts';

type Action = ExpertAnswer['actions'][number];

export interface ActionsProps {
  readonly actions: readonly Action[];
  readonly host: Host;
}

/** What the expert proposes. None of it happens here: after the user agreed, the client is told so in the conversation. */
export function Actions({ actions, host }: ActionsProps) {
  return actions.length === 0 ? null : (
    <>
      <h2>It proposes</h2>
      <ul class="plain">
        {actions.map((action, place) => (
          <li key={place}>
            <Proposed action={action} host={host} />
          </li>
        ))}
      </ul>
    </>
  );
}

type Stage = 'proposed' | 'asks' | 'telling' | 'told' | 'failed';

function Proposed({ action, host }: { readonly action: Action; readonly host: Host }) {
  const [stage, setStage] = useState<Stage>('proposed');
  const call =
    action.tool === undefined ? undefined : `${action.tool} ${JSON.stringify(action.arguments ?? {})}`;
  const tell = async () => {
    setStage('telling');
    const text = `I agree to this: ${action.description} Please call ${call}.`;
    setStage((await host.say(text)) ? 'told' : 'failed');
  };
  return (
    <>
      <p>{visible(action.description)}</p>
      {call !== undefined && <code>{visible(call)}</code>}
      {call !== undefined && host.canSay && stage === 'proposed' && (
        <p>
          <button type="button" onClick={() => setStage('asks')}>
            Do this
          </button>
        </p>
      )}
      {stage === 'asks' && (
        <Question
          text="Do you agree to exactly this call?"
          yes="I agree"
          onYes={() => void tell()}
          onNo={() => setStage('proposed')}
        />
      )}
      {stage === 'telling' && <Waiting what="Telling the conversation…" />}
      {stage === 'told' && <p role="status">The conversation was told that you agree.</p>}
      {stage === 'failed' && <p role="alert">The client did not take the message. Write it yourself.</p>}
    </>
  );
}
