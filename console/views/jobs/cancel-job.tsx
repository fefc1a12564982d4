import { useState } from 'preact/hooks';
import { look, placeOf } from '../../mcp/look.ts';
import type { Connection } from '../../mcp/session.ts';
import type { SeenJob } from './seen-job.ts';

interface CancelJobProps {
  readonly connections: readonly Connection[];
  readonly job: SeenJob;
  readonly onDone: () => void;
}

/** Ends a job, once its user said so twice. */
export function CancelJob({ connections, job, onDone }: CancelJobProps) {
  const [stage, setStage] = useState<'idle' | 'asks' | 'cancelling'>('idle');
  const [problem, setProblem] = useState<string>();
  const place = placeOf(connections, 'cancel_job');
  if (place === undefined) {
    return null;
  }
  const cancel = async () => {
    setStage('cancelling');
    const answer = await look(place, { task_id: job.task_id });
    setProblem(answer.problem);
    setStage('idle');
    onDone();
  };
  return (
    <p class="buttons">
      {problem !== undefined && <span role="alert">{problem}</span>}
      {stage === 'idle' && (
        <button type="button" onClick={() => setStage('asks')}>
          Cancel
        </button>
      )}
      {stage === 'asks' && (
        <>
          <span>It ends here. Cancel it?</span>
          <button type="button" onClick={() => void cancel()}>
            Yes, cancel it
          </button>
          <button type="button" onClick={() => setStage('idle')}>
            No, go on
          </button>
        </>
      )}
      {stage === 'cancelling' && <span role="status">Cancelling…</span>}
    </p>
  );
}
