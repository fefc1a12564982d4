import { useState } from 'preact/hooks';
import { visible } from '#platform/format-controls';

export interface AskOnProps {
  /** What the expert wants to know. */
  readonly question: string | undefined;
  readonly onAsk: (text: string) => void;
}

/** A question that goes on from the answer, or an answer to what the expert asks. */
export function AskOn({ question, onAsk }: AskOnProps) {
  const [text, setText] = useState('');
  const send = () => {
    if (text.trim() !== '') {
      onAsk(text);
    }
  };
  return (
    <p>
      <label for="on">{question === undefined ? 'Ask on' : visible(question)}</label>{' '}
      <input
        id="on"
        type="text"
        maxLength={4_000}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Enter' && send()}
      />{' '}
      <button type="button" onClick={send}>
        Ask
      </button>
    </p>
  );
}
