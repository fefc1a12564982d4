import { useState } from 'preact/hooks';
import type * as z from 'zod';
import type { readCitation } from '#contoso/cards/read-citation';
import { visible } from '#platform/format-controls';
import { type Answer, ask } from '../host/answer.ts';
import type { Host } from '../host/host.ts';
import { Trouble, Waiting } from '../shell/states.tsx';

type Document = z.output<typeof readCitation.output>;

/** A document that the answer rests on; unfolded, its text. */
export function Citation({ title, host }: { readonly title: string; readonly host: Host }) {
  const [answer, setAnswer] = useState<Answer<Document>>();
  const [isOpen, setIsOpen] = useState(false);
  const read = async () => {
    setAnswer(undefined);
    setAnswer(await ask<Document>(host, 'read_citation', { title }));
  };
  const toggled = (open: boolean) => {
    setIsOpen(open);
    if (open && answer?.kind !== 'data') {
      void read();
    }
  };
  return (
    <details onToggle={({ currentTarget }) => toggled(currentTarget.open)}>
      <summary>{visible(title)}</summary>
      {isOpen && answer === undefined && <Waiting what="Opening the document…" />}
      {isOpen && answer !== undefined && answer.kind !== 'data' && (
        <Trouble {...answer} again={() => void read()} />
      )}
      {isOpen && answer?.kind === 'data' && (
        <>
          <p class="quiet">
            {answer.data.doc_type}, <code>{answer.data.uri}</code>
          </p>
          <p class="said">{visible(answer.data.text)}</p>
        </>
      )}
    </details>
  );
}
