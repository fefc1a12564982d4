import * as z from 'zod';

export interface ExportedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly failed: boolean;
  readonly attributes: Attributes;
}

export interface ExportedInstrument {
  readonly name: string;
  readonly unit: string;
  readonly points: readonly ExportedPoint[];
}

export interface ExportedPoint {
  readonly attributes: Attributes;
  /** The sum of a counter, or how many values a histogram has. */
  readonly count: number;
  /** The sum of a histogram. */
  readonly sum: number;
}

export type Attributes = Readonly<Record<string, string | number | boolean>>;

const attributes = z
  .array(
    z.object({
      key: z.string(),
      value: z.union([
        z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
        z.object({ intValue: z.coerce.number() }).transform(({ intValue }) => intValue),
        z.object({ doubleValue: z.number() }).transform(({ doubleValue }) => doubleValue),
        z.object({ boolValue: z.boolean() }).transform(({ boolValue }) => boolValue),
        z
          .object({ arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })) }) })
          .transform(({ arrayValue }) => arrayValue.values.map(({ stringValue }) => stringValue).join(',')),
      ]),
    }),
  )
  .default([])
  .transform((list) => Object.fromEntries(list.map(({ key, value }) => [key, value])));

const errorStatus = 2;

const span = z
  .object({
    name: z.string(),
    traceId: z.string(),
    spanId: z.string(),
    parentSpanId: z.string().optional(),
    links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
    status: z.object({ code: z.number().default(0), message: z.string().optional() }),
    attributes,
  })
  .transform(({ status, parentSpanId, ...rest }) => ({
    ...rest,
    parentSpanId,
    failed: status.code === errorStatus,
  }));

const number = z.coerce.number();
const point = z
  .object({
    attributes,
    asInt: number.optional(),
    asDouble: number.optional(),
    count: number.optional(),
    sum: number.optional(),
  })
  .transform(({ attributes: of, asInt, asDouble, count, sum }) => ({
    attributes: of,
    count: count ?? asInt ?? asDouble ?? 0,
    sum: sum ?? 0,
  }));
const points = z.object({ dataPoints: z.array(point) });

export const traces = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});
export const metrics = z.object({
  resourceMetrics: z.array(
    z.object({
      scopeMetrics: z.array(
        z.object({
          metrics: z.array(
            z
              .object({
                name: z.string(),
                unit: z.string(),
                sum: points.optional(),
                histogram: points.optional(),
              })
              .transform(({ name, unit, sum, histogram }) => ({
                name,
                unit,
                points: (sum ?? histogram)?.dataPoints ?? [],
              })),
          ),
        }),
      ),
    }),
  ),
});
