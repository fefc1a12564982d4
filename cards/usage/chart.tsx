import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Format } from '../host/format.ts';
import type { Day } from './cycles.ts';
import './chart.css';

export interface ChartProps {
  readonly days: readonly Day[];
  /** Megabytes; the line is left out when there is none. */
  readonly cap: number | null | undefined;
  readonly format: Format;
}

const height = 150;
const top = 16;
const bottom = 20;
const narrowestDay = 8;
/** A few days look better as bars than as walls. */
const widestDay = 24;
const widestLabel = 90;

/**
 * A bar a day: all that was used since the cycle began, the day's own part darker, against the line of the cap. Who cannot
 * see it has the table.
 */
export function Chart({ days, cap, format }: ChartProps) {
  const section = useRef<HTMLElement>(null);
  const room = useWidth(section);
  const step = Math.min(widestDay, Math.max(narrowestDay, room / days.length));
  const width = step * days.length;
  const most = Math.max(cap ?? 0, ...days.map(({ inCycle }) => inCycle), 1);
  const y = (megabytes: number) => height - bottom - (megabytes / most) * (height - bottom - top);
  return (
    <figure>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section ref={section} class="scroll" tabIndex={0} aria-label="Chart of the days">
        <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {days.map((day, place) => (
            <Bar key={day.date} day={day} x={place * step} width={step} y={y} isOver={isOver(day, cap)} />
          ))}
          {days.map(({ date, cycle }, place) =>
            place > 0 && cycle !== days[place - 1]?.cycle ? (
              <g key={date}>
                <line class="cycle" x1={place * step} x2={place * step} y1={top} y2={height} />
                <text {...besides(place * step, width)} y={height - 4}>
                  {format.day(date)}
                </text>
              </g>
            ) : null,
          )}
          {typeof cap === 'number' && (
            <>
              <line class="cap" x1={0} x2={width} y1={y(cap)} y2={y(cap)} />
              <text x={2} y={y(cap) - 4}>
                {format.gigabytes(cap)}
              </text>
            </>
          )}
        </svg>
      </section>
      <figcaption class="quiet">
        Each bar is what was used since the cycle began, the day itself darker.
        {typeof cap === 'number' ? ' The dashed line is the cap.' : ''}
      </figcaption>
    </figure>
  );
}

/** Right of a line, or left of it where there is no room for a day. */
function besides(
  line: number,
  width: number,
): { readonly x: number; readonly 'text-anchor': 'start' | 'end' } {
  return width - line < widestLabel
    ? { x: line - 3, 'text-anchor': 'end' }
    : { x: line + 3, 'text-anchor': 'start' };
}

/** Pixels that an element has, now and later. */
function useWidth(element: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const { current } = element;
    if (current === null) {
      return;
    }
    const observer = new ResizeObserver(() => setWidth(current.clientWidth));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}

interface BarProps {
  readonly day: Day;
  readonly x: number;
  readonly width: number;
  readonly y: (megabytes: number) => number;
  readonly isOver: boolean;
}

function Bar({ day, x, width, y, isOver: over }: BarProps) {
  const before = y(day.inCycle - day.used);
  const all = y(day.inCycle);
  const inner = { x: x + 1, width: width - 2 };
  return (
    <g data-day={day.date} class={over ? 'day above' : 'day'}>
      <rect class="before" {...inner} y={before} height={y(0) - before} />
      <rect class="itself" {...inner} y={all} height={before - all} />
    </g>
  );
}

function isOver({ inCycle }: Day, cap: number | null | undefined): boolean {
  return typeof cap === 'number' && inCycle > cap;
}
