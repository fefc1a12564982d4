import type { TelemetryOptions } from '../telemetry/export/options.ts';
import { type Environment, SettingsError, text } from './read.ts';

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Where traces and metrics go; nowhere unless something is set. The names are those of OpenTelemetry and of Azure.
 * @param defaultServiceName when `OTEL_SERVICE_NAME` is not set
 * `OTEL_EXPORTER_OTLP_HEADERS` and the other `OTEL_` names are read by OpenTelemetry itself.
 */
export function readTelemetry(env: Environment, defaultServiceName: string): TelemetryOptions {
  return {
    otlpEndpoint: readOtlpEndpoint(env),
    applicationInsights: readApplicationInsights(env),
    serviceName: text(env, 'OTEL_SERVICE_NAME') ?? defaultServiceName,
  };
}

function readOtlpEndpoint(env: Environment): string | undefined {
  const value = text(env, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  if (value === undefined) {
    return undefined;
  }
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.username !== '') {
    throw new SettingsError(
      `OTEL_EXPORTER_OTLP_ENDPOINT is "${value}"; it must be the address of a collector such as https://collector.example.com:4318.`,
    );
  }
  // The key of the collector goes along with every request.
  if (url.protocol === 'http:' && !loopback.includes(url.hostname)) {
    throw new SettingsError(
      `OTEL_EXPORTER_OTLP_ENDPOINT is "${value}"; outside this machine it must begin with https://.`,
    );
  }
  return value.replace(/\/+$/, '');
}

/** The value holds a key, so it is not repeated. */
function readApplicationInsights(env: Environment): string | undefined {
  const value = text(env, 'APPLICATIONINSIGHTS_CONNECTION_STRING');
  if (value !== undefined && !/(^|;)InstrumentationKey=[0-9a-f-]{36}(;|$)/i.test(value)) {
    throw new SettingsError(
      'APPLICATIONINSIGHTS_CONNECTION_STRING is not right; it must be a connection string such as InstrumentationKey=<GUID>;IngestionEndpoint=https://….',
    );
  }
  return value;
}
