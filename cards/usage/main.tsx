import { useEffect, useState } from 'preact/hooks';
import { visible } from '#platform/format-controls';
import { type BodyProps, mountCard } from '../shell/mount.tsx';
import { Nothing, Waiting } from '../shell/states.tsx';
import { Chart } from './chart.tsx';
import { cyclesOf } from './cycles.ts';
import { load, type Shown, type Usage, type UsageInput } from './load.ts';
import { DayTable } from './table.tsx';
import { Totals } from './totals.tsx';

mountCard<UsageInput, Usage>({ name: 'usage', title: 'Data usage', tool: 'get_data_usage', body: UsageCard });

function UsageCard({ host, format, input, data }: BodyProps<UsageInput, Usage>) {
  const [shown, setShown] = useState<Shown>();
  const [isTable, setIsTable] = useState(false);
  useEffect(() => {
    setShown(undefined);
    void load(host, input, data).then(setShown);
  }, [data]);
  if (shown === undefined) {
    return <Waiting what="Looking at the plan…" />;
  }
  const { days, cap, plan, missing } = shown;
  const cycles = cyclesOf(days);
  return (
    <>
      {plan !== undefined && <p>{visible(plan)}</p>}
      {missing !== undefined && <p class="quiet">Without the data cap: {missing}</p>}
      {days.length === 0 ? (
        <Nothing what="No usage was recorded in these days." />
      ) : (
        <>
          <Totals days={days} cycles={cycles} cap={cap} format={format} />
          <Chart days={days} cap={cap} format={format} />
          <button type="button" aria-pressed={isTable} onClick={() => setIsTable(!isTable)}>
            {isTable ? 'Hide the table' : 'Show the days as a table'}
          </button>
          <DayTable days={days} format={format} isSeen={isTable} />
        </>
      )}
    </>
  );
}
