import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { Exporters } from './exporters.ts';

/** Requests that are under way at the same time, for a receiver that answers slowly. */
const concurrencyLimit = 4;

/**
 * To an OpenTelemetry collector, as JSON over HTTP. Headers, such as the collector's key, are those of
 * `OTEL_EXPORTER_OTLP_HEADERS`.
 */
export function otlpExporters(endpoint: string, timeoutMillis: number): Exporters {
  const common = { timeoutMillis, concurrencyLimit };
  return {
    spans: new OTLPTraceExporter({ ...common, url: `${endpoint}/v1/traces` }),
    metrics: new OTLPMetricExporter({ ...common, url: `${endpoint}/v1/metrics` }),
  };
}
