import { setTimeout as wait } from 'node:timers/promises';
import { context, metrics, trace } from '@opentelemetry/api';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Logger } from '../log.ts';
import type { Exporters } from './exporters.ts';
import type { Telemetry, TelemetryOptions } from './options.ts';
import { reportFailures } from './report-failures.ts';
import { resourceOf } from './resource.ts';

/** Spans that wait to be sent; more are dropped. */
const mostWaitingSpans = 2_048;
/** Milliseconds after which one export is given up, repetitions included; the last one has to end in time, too. */
const exportMilliseconds = 2_500;
/** A host that ends a process gives it a few seconds. */
const flushMilliseconds = 3_000;
/** Series of one instrument; what comes after is counted together. */
const mostSeries = 1_000;

/**
 * Loads the exporters and makes them the process's. A second start while the first one runs has no effect.
 */
export async function startExport(
  options: TelemetryOptions,
  version: string,
  logger: Logger,
): Promise<Telemetry> {
  const exporters = (await openExporters(options)).map((one) => reportFailures(one, logger));
  const resource = resourceOf(options.serviceName, version);
  const tracing = new NodeTracerProvider({
    resource,
    spanProcessors: exporters.map(
      ({ spans }) =>
        new BatchSpanProcessor(spans, {
          maxQueueSize: mostWaitingSpans,
          exportTimeoutMillis: exportMilliseconds,
        }),
    ),
  });
  const measuring = new MeterProvider({
    resource,
    readers: exporters.map(
      (one) =>
        new PeriodicExportingMetricReader({
          exporter: one.metrics,
          exportTimeoutMillis: exportMilliseconds,
          cardinalityLimits: { default: mostSeries },
        }),
    ),
  });
  // The product carries trace contexts over the wire by itself: it looks for them in messages, too.
  tracing.register({ propagator: null });
  metrics.setGlobalMeterProvider(measuring);
  return {
    async close() {
      const flushed = Promise.allSettled([tracing.shutdown(), measuring.shutdown()]);
      await Promise.race([flushed, wait(flushMilliseconds, undefined, { ref: false })]);
      trace.disable();
      metrics.disable();
      context.disable();
    },
  };
}

async function openExporters({
  otlpEndpoint,
  applicationInsights,
}: TelemetryOptions): Promise<readonly Exporters[]> {
  const opened: Exporters[] = [];
  if (otlpEndpoint !== undefined) {
    const { otlpExporters } = await import('./otlp.ts');
    opened.push(otlpExporters(otlpEndpoint, exportMilliseconds));
  }
  if (applicationInsights !== undefined) {
    const { applicationInsightsExporters } = await import('./application-insights.ts');
    opened.push(applicationInsightsExporters(applicationInsights));
  }
  return opened;
}
