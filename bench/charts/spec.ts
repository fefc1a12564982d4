/** A Vega-Lite specification, of which nothing is looked at here. */
export type Spec = Readonly<Record<string, unknown>>;

/** A picture on the page on performance. */
export interface Chart {
  /** Of its file in `docs/charts`, without the ending. */
  readonly name: string;
  /** The part of the page in which it stands. */
  readonly part: string;
  /** What it shows, for whoever does not see it. */
  readonly says: string;
  readonly spec: Spec;
}

const colour = '#2a6db0';
const width = 520;

const common = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  background: 'white',
  padding: 8,
  config: { aria: false, font: 'sans-serif', view: { stroke: null }, axis: { labelLimit: 320 } },
};

export interface Bar {
  readonly name: string;
  readonly value: number;
}

/** One bar for each name, with its value beside it. */
export function bars(title: string, unit: string, values: readonly Bar[]): Spec {
  const y = { field: 'name', type: 'nominal', sort: null, title: null };
  const x = { field: 'value', type: 'quantitative', title: unit };
  return {
    ...common,
    title,
    width,
    height: { step: 22 },
    data: { values },
    encoding: { y, x },
    layer: [
      { mark: { type: 'bar', color: colour } },
      {
        mark: { type: 'text', align: 'left', dx: 4 },
        encoding: { text: { field: 'value', format: ',.3~r' } },
      },
    ],
  };
}

export interface Interval extends Bar {
  readonly low: number;
  readonly high: number;
}

/** A point for each name with its spread, on a logarithmic scale, and a line at 1. */
export function intervals(title: string, unit: string, values: readonly Interval[]): Spec {
  const scale = { type: 'log' };
  const y = { field: 'name', type: 'nominal', sort: null, title: null, axis: { labelLimit: 460 } };
  return {
    ...common,
    title,
    width: width - 80,
    height: { step: 22 },
    data: { values },
    layer: [
      {
        mark: { type: 'rule', color: colour, strokeWidth: 2 },
        encoding: {
          y,
          x: { field: 'low', type: 'quantitative', scale, title: unit },
          x2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 60, color: colour },
        encoding: { y, x: { field: 'value', type: 'quantitative', scale, title: unit } },
      },
      { mark: { type: 'rule', strokeDash: [4, 4] }, encoding: { x: { datum: 1 } } },
    ],
  };
}

export interface Point {
  readonly name: string;
  readonly size: number;
  readonly value: number;
}

/** A line for each name over sizes; both scales are logarithmic. */
export function lines(title: string, sizes: string, unit: string, values: readonly Point[]): Spec {
  const scale = { type: 'log' };
  return {
    ...common,
    title,
    width,
    height: 260,
    data: { values },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'size', type: 'quantitative', scale, title: sizes, axis: { format: '~s' } },
      y: { field: 'value', type: 'quantitative', scale, title: unit },
      color: { field: 'name', type: 'nominal', title: null, legend: { labelLimit: 320 } },
    },
  };
}
