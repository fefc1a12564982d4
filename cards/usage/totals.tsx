import type { Format } from '../host/format.ts';
import { Fact } from '../shell/fact.tsx';
import type { Cycle, Day } from './cycles.ts';

export interface TotalsProps {
  readonly days: readonly Day[];
  readonly cycles: readonly Cycle[];
  readonly cap: number | null | undefined;
  readonly format: Format;
}

/** What was used in each cycle, measured by the cap, and what was used in all. */
export function Totals({ days, cycles, cap, format }: TotalsProps) {
  const sum = (pick: (day: Day) => number) => days.reduce((total, day) => total + pick(day), 0);
  return (
    <>
      <ul>
        {cycles.map((cycle) => (
          <li key={cycle.first}>
            {format.day(cycle.first)} – {format.day(cycle.last)}
            {cycle.isWhole ? '' : ' (part of a cycle)'}: <Used {...{ cycle, cap, format }} />
          </li>
        ))}
      </ul>
      <dl>
        <Fact name="Data" value={format.gigabytes(sum(({ used }) => used))} />
        <Fact name="Voice minutes" value={format.number(sum(({ voiceMinutes }) => voiceMinutes))} />
        <Fact name="SMS" value={format.number(sum(({ smsCount }) => smsCount))} />
      </dl>
    </>
  );
}

function Used({ cycle, cap, format }: Pick<TotalsProps, 'cap' | 'format'> & { readonly cycle: Cycle }) {
  const used = format.gigabytes(cycle.used);
  if (typeof cap !== 'number') {
    return <>{cap === null ? `${used}, without a cap` : used}</>;
  }
  const over = cycle.used - cap;
  return over > 0 ? (
    <span class="over">
      {used} of {format.gigabytes(cap)}, {format.gigabytes(over)} above the cap
    </span>
  ) : (
    <>
      {used} of {format.gigabytes(cap)}
    </>
  );
}
