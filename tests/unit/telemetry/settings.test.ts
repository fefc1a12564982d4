import { describe, expect, it } from 'vitest';
import { SettingsError } from '#platform/settings/read';
import { readTelemetry } from '#platform/settings/telemetry';

const connection =
  'InstrumentationKey=00000000-1111-2222-3333-444444444444;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/';

it('exports nothing unless told to', () => {
  expect(readTelemetry({}, 'contoso-mcp')).toEqual({
    otlpEndpoint: undefined,
    applicationInsights: undefined,
    serviceName: 'contoso-mcp',
  });
});

it('takes a collector, Application Insights, or both', () => {
  expect(
    readTelemetry(
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example.com:4318/',
        APPLICATIONINSIGHTS_CONNECTION_STRING: connection,
        OTEL_SERVICE_NAME: 'care',
      },
      'contoso-mcp',
    ),
  ).toEqual({
    otlpEndpoint: 'https://collector.example.com:4318',
    applicationInsights: connection,
    serviceName: 'care',
  });
  const local = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
  expect(readTelemetry(local, 'contoso-mcp').otlpEndpoint).toBe('http://127.0.0.1:4318');
});

describe('refuses', () => {
  it.each([
    'collector',
    'grpc://collector:4317',
    'https://user@collector.example.com',
    'http://collector:4318',
  ])('a collector at %s', (endpoint) => {
    expect(() => readTelemetry({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, 'contoso-mcp')).toThrow(
      SettingsError,
    );
  });

  it('a broken connection string, without repeating it', () => {
    const broken = { APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=secret' };
    expect(() => readTelemetry(broken, 'contoso-mcp')).toThrow(
      /^APPLICATIONINSIGHTS_CONNECTION_STRING is not right/,
    );
    expect(() => readTelemetry(broken, 'contoso-mcp')).not.toThrow(/secret/);
  });
});
