import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';

/** An OpenTelemetry collector of the test's own: keeps what is sent to it. */
export interface Collector {
  /** As `OTEL_EXPORTER_OTLP_ENDPOINT` takes it. */
  readonly endpoint: string;
  /** Every body, as it came. */
  readonly bodies: readonly string[];
  spans(): ExportedSpan[];
  /** What the last export has of metrics, with their units. */
  instruments(): ExportedInstrument[];
  /** The last values of an instrument, one for each combination of attributes. */
  points(instrument: string): ExportedPoint[];
  stop(): Promise<void>;
}

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

const traces = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});
const metrics = z.object({
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

/** @param answer how it answers; it accepts everything unless told otherwise */
export async function startCollector(
  answer: (response: ServerResponse) => void = accept,
): Promise<Collector> {
  const received: { readonly path: string; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) {
      parts.push(part);
    }
    received.push({ path: request.url ?? '', body: Buffer.concat(parts).toString('utf8') });
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sentTo = (path: string) =>
    received.filter((one) => one.path === path).map(({ body }) => JSON.parse(body));
  const lastInstruments = () =>
    metrics
      .parse(sentTo('/v1/metrics').at(-1))
      .resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get bodies() {
      return received.map(({ body }) => body);
    },
    spans: () =>
      sentTo('/v1/traces')
        .flatMap((body) => traces.parse(body).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    instruments: lastInstruments,
    points: (instrument) =>
      lastInstruments()
        .filter(({ name }) => name === instrument)
        .flatMap(({ points: values }) => values),
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function accept(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
}
