import type { Format } from '../host/format.ts';
import { type Waiting, WaitsForSomebody } from '../shell/waits.tsx';

export interface AskedProps {
  readonly waits: Waiting;
  readonly format: Format;
  readonly onLook: () => void;
}

/** For the one who asked: somebody else decides, and this card cannot. */
export function Asked({ waits, format, onLook }: AskedProps) {
  return (
    <>
      <WaitsForSomebody waiting={waits} format={format} />
      <p>
        <button type="button" onClick={onLook}>
          See what became of it
        </button>
      </p>
    </>
  );
}
