#!/usr/bin/env bash
# @azure/monitor-opentelemetry-exporter 1.0.0-beta.42, with @opentelemetry/sdk-trace-node 2.12.0.
#
# Expected: a failed span arrives in Application Insights with its reason: `error.type`, which the OpenTelemetry
#   conventions want on every failed span, among the custom properties, and the message of its status somewhere.
# Happens: the envelope says `success: false` and nothing more. `error.type` is taken out of the properties of requests
#   and dependencies alike and put nowhere, and the status message has no field. Any other attribute arrives.
# Matters: whoever follows the conventions can count failures and never tell them apart there. The reason has to be set
#   a second time, under a name that no convention has.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund \
  @azure/monitor-opentelemetry-exporter@1.0.0-beta.42 @opentelemetry/sdk-trace-node@2.12.0 @opentelemetry/api@1.9.1
cat > run.mjs <<'JS'
import { gunzipSync } from 'node:zlib';
import { createHttpHeaders } from '@azure/core-rest-pipeline';
import { AzureMonitorTraceExporter } from '@azure/monitor-opentelemetry-exporter';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';

const envelopes = [];
const accepted = '{"itemsReceived":1,"itemsAccepted":1,"errors":[]}';
// stands where the network would be; the exporter itself is the real one
const httpClient = {
  async sendRequest(request) {
    const body = Buffer.from(request.body);
    envelopes.push(...JSON.parse(body[0] === 0x1f ? gunzipSync(body) : body));
    return { request, status: 200, headers: createHttpHeaders(), bodyAsText: accepted };
  },
};
const connectionString =
  'InstrumentationKey=00000000-1111-2222-3333-444444444444;IngestionEndpoint=https://example.invalid/';
const exporter = new AzureMonitorTraceExporter({ connectionString, httpClient });
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
for (const kind of ['SERVER', 'CLIENT']) {
  const attributes = { 'error.type': 'timeout', 'app.failure': 'timeout' };
  const span = provider.getTracer('finding').startSpan(kind, { kind: SpanKind[kind], attributes });
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'took too long' });
  span.end();
}
await provider.forceFlush();
await provider.shutdown();
const spans = envelopes.filter(({ data }) => data.baseType !== 'MetricData');
for (const { data } of spans) {
  const { success, properties } = data.baseData;
  console.log(data.baseType, JSON.stringify({ success, properties }));
}
const text = JSON.stringify(spans);
const same = spans.length === 2 && text.includes('"app.failure":"timeout"') && !/error\.type|took too long/.test(text);
if (!same) {
  console.error('This has changed.');
  process.exit(1);
}
JS
APPLICATION_INSIGHTS_NO_STATSBEAT=true node run.mjs
