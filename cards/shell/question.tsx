import { useEffect, useRef } from 'preact/hooks';

export interface QuestionProps {
  readonly text: string;
  /** On the button that agrees. */
  readonly yes: string;
  readonly no?: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something happens; whoever uses the keyboard goes on where it asks, and nothing happens by pressing twice. */
export function Question({ text, yes, no = 'No', onYes, onNo }: QuestionProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div role="alert" class="asks" tabIndex={-1} ref={place}>
      <p>{text}</p>
      <button type="button" onClick={onYes}>
        {yes}
      </button>{' '}
      <button type="button" onClick={onNo}>
        {no}
      </button>
    </div>
  );
}
