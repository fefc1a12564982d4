import type { SeenDiagnosis } from '#contoso/diagnosis/card-tools';
import { steps } from '#contoso/diagnosis/steps';

const marks = { done: 'done', now: 'now', next: 'to do', left: 'not carried out' } as const;
type Mark = keyof typeof marks;

/** The steps in their order, and which of them runs. */
export function Steps({ seen }: { readonly seen: SeenDiagnosis }) {
  return (
    <ol class="steps">
      {steps.map(({ name, title }, place) => {
        const mark = markOf(place, seen);
        return (
          <li key={name} class={mark} aria-current={mark === 'now' ? 'step' : undefined}>
            {title} <span class="quiet">({marks[mark]})</span>
          </li>
        );
      })}
    </ol>
  );
}

function markOf(place: number, { status, steps_done, has_begun }: SeenDiagnosis): Mark {
  if (place < steps_done) {
    return 'done';
  }
  if (status !== 'working') {
    return 'left';
  }
  return has_begun && place === steps_done ? 'now' : 'next';
}
