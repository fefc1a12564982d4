import type { NoAnswer } from '../host/answer.ts';

/** Until there is an answer. */
export function Waiting({ what = 'Waiting for the answer…' }: { readonly what?: string }) {
  return <p role="status">{what}</p>;
}

const titles = { refused: 'Refused', failed: 'Failed', cancelled: 'No answer' } as const;

export interface TroubleProps extends NoAnswer {
  readonly again?: (() => void) | undefined;
}

/** Says, in the words of whoever knows, why there is nothing to see. */
export function Trouble({ kind, why, again }: TroubleProps) {
  return (
    <div role="alert" class="trouble">
      <strong>{titles[kind]}</strong>
      <p>{why}</p>
      {again !== undefined && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** Where there is nothing to show. */
export function Nothing({ what }: { readonly what: string }) {
  return <p class="quiet">{what}</p>;
}
