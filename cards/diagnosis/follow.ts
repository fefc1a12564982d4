import { useEffect, useRef, useState } from 'preact/hooks';
import type { SeenDiagnosis } from '#contoso/diagnosis/card-tools';
import { type Answer, ask } from '../host/answer.ts';
import type { Host } from '../host/host.ts';
import { whileSeen } from '../shell/while-seen.ts';

/** From the start of one look to that of the next, in milliseconds; a slow answer makes it longer. */
const everyMs = 1_500;

/** So many looks in a row may show nothing before a card whose call was refused stops looking for a job. */
const mostMisses = 3;

export interface Following {
  /** The job when it was last seen. */
  readonly seen: SeenDiagnosis | undefined;
  /** Why the last look showed nothing; undefined when it did. */
  readonly trouble: string | undefined;
  /** Shows what a call of another tool said of the job. */
  take(answer: Answer<SeenDiagnosis>): void;
}

export interface FollowOptions {
  readonly host: Host | undefined;
  /** The arguments of the call that the card belongs to; or the `task_id` of a job, from a client that shows its user's jobs. */
  readonly input: object | undefined;
  /** The call has been answered: until then, a job that ended before the card saw it work was that of an earlier call. */
  readonly isAnswered: boolean;
  /** There is nothing to follow. */
  readonly isOver: boolean;
}

/** Looks at the job behind a call while it works and the page is seen. */
export function useFollowing({ host, input, isAnswered, isOver }: FollowOptions): Following {
  const [seen, setSeen] = useState<SeenDiagnosis>();
  const [trouble, setTrouble] = useState<string>();
  const [isLost, setIsLost] = useState(false);
  const misses = useRef(0);
  const task = useRef<string>(undefined);
  const { task_id: named } = (input ?? {}) as { readonly task_id?: string };
  const take = (answer: Answer<SeenDiagnosis>) => {
    if (answer.kind !== 'data') {
      setTrouble(answer.why);
      misses.current += 1;
      // there is none and none will come, or the user may not look
      const isHopeless = task.current === undefined && misses.current >= mostMisses;
      setIsLost((isAnswered || named !== undefined) && (answer.kind === 'refused' || isHopeless));
      return;
    }
    misses.current = 0;
    const { status, task_id } = answer.data;
    if (status === 'working' || (task.current ?? named) !== undefined || isAnswered) {
      task.current = task_id;
      setSeen(answer.data);
    }
    setTrouble(undefined);
  };
  const hasEnded = seen !== undefined && seen.status !== 'working';
  const follows = host !== undefined && input !== undefined && !isOver && !hasEnded && !isLost;
  useEffect(() => {
    if (!follows) {
      return;
    }
    return whileSeen(everyMs, async () => {
      const task_id = task.current ?? named;
      const args = task_id === undefined ? { started_with: input } : { task_id };
      take(await ask<SeenDiagnosis>(host, 'get_diagnosis_progress', args));
    });
  }, [follows, input, isAnswered]);
  return { seen, trouble, take };
}
