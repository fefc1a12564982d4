import { useEffect, useRef, useState } from 'preact/hooks';
import { type Looked, look, type Place } from '../../mcp/look.ts';

interface EndItProps<Data> {
  /** The tool that ends it, where its user may. */
  readonly place: Place | undefined;
  readonly args: object;
  /** On the button. */
  readonly verb: string;
  /** What its user is asked before, and the two answers. */
  readonly question: string;
  readonly yes: string;
  readonly no: string;
  /** Told what the tool answered. */
  readonly onDone: (answer: Looked<Data>) => void;
}

/** Ends something for good, once its user said so twice; whoever uses the keyboard goes on where it asks. */
export function EndIt<Data>({ place, args, verb, question, yes, no, onDone }: EndItProps<Data>) {
  const [stage, setStage] = useState<'idle' | 'asks' | 'ending'>('idle');
  const asked = useRef<HTMLSpanElement>(null);
  useEffect(() => asked.current?.focus(), [stage]);
  if (place === undefined) {
    return null;
  }
  const end = async () => {
    setStage('ending');
    const answer = await look<Data>(place, args);
    setStage('idle');
    onDone(answer);
  };
  return (
    <p class="buttons">
      {stage === 'idle' && (
        <button type="button" onClick={() => setStage('asks')}>
          {verb}
        </button>
      )}
      {stage === 'asks' && (
        <>
          <span role="alert" tabIndex={-1} ref={asked}>
            {question}
          </span>
          <button type="button" onClick={() => void end()}>
            {yes}
          </button>
          <button type="button" onClick={() => setStage('idle')}>
            {no}
          </button>
        </>
      )}
      {stage === 'ending' && <span role="status">One moment…</span>}
    </p>
  );
}
