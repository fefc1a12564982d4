import { useEffect, useRef } from 'preact/hooks';
import { LazyForm } from '../forms/lazy-form.tsx';
import type { OpenQuestion } from '../mcp/questions.ts';

/** What a server asks, before anything else can be done. Whoever closes it has not agreed. */
export function Question({ message, schema, answer }: OpenQuestion) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const isYesOrNo = Object.keys((schema.properties ?? {}) as object).join() === 'confirm';
  return (
    <dialog ref={dialog} aria-labelledby="question" onCancel={() => answer({ action: 'cancel' })}>
      <h2 id="question">The service asks</h2>
      <p class="said">{message}</p>
      {!isYesOrNo && (
        <LazyForm
          schema={schema}
          submit="Answer"
          onSubmit={(content) => answer({ action: 'accept', content: content as Record<string, string> })}
        />
      )}
      <p class="buttons">
        {isYesOrNo && (
          <button
            type="button"
            class="first"
            onClick={() => answer({ action: 'accept', content: { confirm: true } })}
          >
            Agree
          </button>
        )}
        <button type="button" onClick={() => answer({ action: 'decline' })}>
          Decline
        </button>
      </p>
    </dialog>
  );
}
