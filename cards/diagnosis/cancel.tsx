import { useState } from 'preact/hooks';
import type { SeenDiagnosis } from '#contoso/diagnosis/card-tools';
import { type Answer, ask, type NoAnswer } from '../host/answer.ts';
import type { Host } from '../host/host.ts';
import { Question } from '../shell/question.tsx';
import { Trouble, Waiting } from '../shell/states.tsx';

export interface CancelProps {
  readonly host: Host;
  readonly task: string;
  readonly onAnswer: (answer: Answer<SeenDiagnosis>) => void;
}

/** Ends the diagnosis, once its user said so twice. */
export function Cancel({ host, task, onAnswer }: CancelProps) {
  const [stage, setStage] = useState<'idle' | 'asks' | 'cancelling'>('idle');
  const [failure, setFailure] = useState<NoAnswer>();
  const cancel = async () => {
    setStage('cancelling');
    setFailure(undefined);
    const answer = await ask<SeenDiagnosis>(host, 'cancel_diagnosis', { task_id: task });
    setStage('idle');
    if (answer.kind === 'data') {
      onAnswer(answer);
    } else {
      setFailure(answer);
    }
  };
  return (
    <>
      {failure !== undefined && <Trouble {...failure} />}
      {stage === 'idle' && (
        <button type="button" onClick={() => setStage('asks')}>
          Cancel the diagnosis
        </button>
      )}
      {stage === 'asks' && (
        <Question
          text="The diagnosis ends here, and its remaining steps are not carried out. Cancel it?"
          yes="Yes, cancel it"
          no="No, go on"
          onYes={() => void cancel()}
          onNo={() => setStage('idle')}
        />
      )}
      {stage === 'cancelling' && <Waiting what="Cancelling…" />}
    </>
  );
}
