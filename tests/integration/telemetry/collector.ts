import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  type ExportedInstrument,
  type ExportedPoint,
  type ExportedSpan,
  metrics,
  traces,
} from './exported.ts';

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
