import type { Format } from '../host/format.ts';
import type { Day } from './cycles.ts';

export interface DayTableProps {
  readonly days: readonly Day[];
  readonly format: Format;
  /** It is read to those who do not see it either way. */
  readonly isSeen: boolean;
}

/** The days in numbers. */
export function DayTable({ days, format, isSeen }: DayTableProps) {
  return (
    <div class={isSeen ? 'scroll' : 'unseen'}>
      <table>
        <caption class="unseen">Usage day by day</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" class="number">
              Data
            </th>
            <th scope="col" class="number">
              In the cycle
            </th>
            <th scope="col" class="number">
              Voice minutes
            </th>
            <th scope="col" class="number">
              SMS
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <th scope="row">{format.day(day.date)}</th>
              <td class="number">{format.gigabytes(day.used)}</td>
              <td class="number">{format.gigabytes(day.inCycle)}</td>
              <td class="number">{format.number(day.voiceMinutes)}</td>
              <td class="number">{format.number(day.smsCount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
