import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Meter, metrics } from '@opentelemetry/api';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, it } from 'vitest';
import { instruments } from '#platform/telemetry/instruments';
import { nameTelemetry } from '#platform/telemetry/names';
import { projectDir } from '#scripts/lib/project-dir';
import {
  codes,
  dimensionsIn,
  kqlStatements,
  metricRows,
  page,
  queriesIn,
  rowsAfter,
} from '../../support/operations-page.ts';
import { lineOfCall } from './call-line.ts';

interface Made {
  readonly kind: 'histogram' | 'counter';
  readonly name: string;
  readonly unit: string;
}

const made: Made[] = [];

/** A meter that notes what is made with it. */
beforeAll(() => {
  nameTelemetry('contoso');
  const maker =
    (kind: Made['kind']) =>
    (name: string, { unit = '' }: { unit?: string } = {}) => {
      made.push({ kind, name, unit });
      return {};
    };
  const meter = { createHistogram: maker('histogram'), createCounter: maker('counter') };
  metrics.setGlobalMeterProvider({ getMeter: () => meter as unknown as Meter });
  instruments();
  metrics.disable();
});

const sources = globSync(['shared/**/*.ts', 'functions/**/*.ts'], { cwd: projectDir })
  .map((file) => readFileSync(path.join(projectDir, file), 'utf8'))
  .join('\n');
/** The messages of all lines that the code logs. */
const messages = [...sources.matchAll(/\.log\([^;]*?,\s*'([a-z][a-z -]+)'/g)].map(
  ([, message = '']) => message,
);

it('every metric is in the table with its unit, and nothing else', () => {
  const listed = metricRows.map(({ name, unit }) => `${name} in ${unit}`);
  expect(listed.sort()).toEqual(made.map(({ name, unit }) => `${name} in ${unit}`).sort());
});

it('the example line has the fields of a real one, in their order', async () => {
  const [, example = ''] = /```json\n(.+)\n```/.exec(page) ?? [];
  const fields = Object.keys(JSON.parse(example));
  expect(fields).toEqual(Object.keys(await lineOfCall()));
  const described = rowsAfter('| field | what it is |').flatMap(([field = '']) => codes(field));
  expect(described.toSorted()).toEqual(fields.toSorted());
});

it('every kind of line is on the page, and no other', () => {
  const listed = rowsAfter('| line | level |').flatMap(([lines = '']) => codes(lines));
  expect([...listed, 'tool called'].sort()).toEqual([...new Set(messages)].sort());
});

describe('for Application Insights', () => {
  const statements = kqlStatements.map((statement) => ({
    statement,
    metric: / name == "([^"]+)"/.exec(statement)?.[1],
  }));

  it('a query of a metric looks at one that exists, and at its attributes', () => {
    const ofMetrics = statements.filter(({ statement }) => statement.startsWith('customMetrics'));
    const wrong = ofMetrics.filter(({ statement, metric }) => {
      const row = metricRows.find(({ name }) => name === metric);
      return row === undefined || dimensionsIn(statement).some((one) => !row.attributes.includes(one));
    });
    expect(wrong).toEqual([]);
    expect(new Set(ofMetrics.map(({ metric }) => metric)).size).toBeGreaterThan(6);
  });

  it('counters are summed, and of histograms there are sums and counts only', () => {
    for (const { statement, metric } of statements) {
      const kind = made.find(({ name }) => name === metric)?.kind;
      if (kind === 'counter') {
        expect(statement).not.toContain('valueCount');
      }
      if (kind !== undefined) {
        expect(statement).not.toContain('percentile');
      }
    }
  });

  it('a query of the log looks for lines that exist', () => {
    const asked = statements.flatMap(({ statement }) =>
      statement.includes('line.message')
        ? [...statement.matchAll(/"([a-z]+(?: [a-z]+)+)"/g)].map(([, message = '']) => message)
        : [],
    );
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((message) => !messages.includes(message))).toEqual([]);
  });
});

/**
 * As the Prometheus exporter of the OpenTelemetry collector names an instrument: dots become underscores, seconds are
 * added as a word, units in braces are left out, counters end in _total (OpenTelemetry, Prometheus compatibility).
 */
function seriesOf({ name, unit, kind }: Made): string[] {
  const base = name.replaceAll('.', '_') + (unit === 's' ? '_seconds' : '');
  return kind === 'counter' ? [`${base}_total`] : ['bucket', 'sum', 'count'].map((part) => `${base}_${part}`);
}

describe('for Prometheus', () => {
  const queries = queriesIn('promql').flatMap((block) => block.split('\n'));
  /** Of the blackbox exporter. */
  const foreign = new Map([['probe_success', ['job']]]);
  const labels = (attributes: readonly string[]) => attributes.map((name) => name.replaceAll('.', '_'));

  it.each(queries)('%s names series and labels that there are', (query) => {
    const known = new Map([
      ...foreign,
      ...made.flatMap((one) => {
        const row = metricRows.find(({ name }) => name === one.name);
        return seriesOf(one).map((series) => [series, labels(row?.attributes ?? [])] as const);
      }),
    ]);
    const bare = query.replace(/"[^"]*"/g, '""');
    const used = [...bare.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)].map(([name]) => name);
    const series = used.filter((name) => known.has(name));
    expect(series.length).toBeGreaterThan(0);
    const allowed = new Set([...series.flatMap((name) => known.get(name) ?? []), 'le']);
    const groups = [...bare.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
    const selected = [...bare.matchAll(/[{,]([a-z_]+)(?==|!)/g)].map(([, label = '']) => label);
    expect([...groups, ...selected].filter((label) => !allowed.has(label))).toEqual([]);
    const functions = ['histogram_quantile', 'absent_over_time'];
    const rest = used.filter((name) => !known.has(name) && !allowed.has(name) && !functions.includes(name));
    expect(rest).toEqual([]);
  });
});

it('reasons that queries look for are reasons that the code gives', () => {
  const asked = [
    ...queriesIn('kql')
      .join('\n')
      .matchAll(/reason in \(([^)]+)\)/g),
  ]
    .flatMap(([, list = '']) => list.split(', '))
    .map((quoted) => quoted.replaceAll('"', "'"));
  expect(asked.length).toBeGreaterThan(8);
  expect(asked.filter((reason) => !sources.includes(reason))).toEqual([]);
  const same = [
    ...queriesIn('promql')
      .join('\n')
      .matchAll(/contoso_reason=~"([^"]+)"/g),
  ]
    .flatMap(([, list = '']) => list.split('|'))
    .filter((reason) => !reason.startsWith('missing:') && reason !== 'unknown_tool');
  expect(same.map((reason) => `'${reason}'`)).toEqual(asked);
});

it('every setting named is one', () => {
  const sample = JSON.parse(readFileSync(path.join(projectDir, 'local.settings.sample.json'), 'utf8'));
  const ofOpenTelemetry = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_TRACES_SAMPLER', 'OTEL_TRACES_SAMPLER_ARG'];
  const ofTheHost = ['WEBSITE_HOSTNAME', 'ASPNETCORE_URLS', 'ASPNETCORE_HTTP_PORTS'];
  const parameters = readFileSync(path.join(projectDir, 'infra/main.bicepparam'), 'utf8');
  const ofTheDeployment = [...parameters.matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(
    ([, name]) => name,
  );
  const known = [...Object.keys(sample.Values), ...ofOpenTelemetry, ...ofTheHost, ...ofTheDeployment];
  const named = [...page.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g)].map(([name]) => name);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

it('the limits of host.json are those of the page', () => {
  const { extensions } = JSON.parse(readFileSync(path.join(projectDir, 'host.json'), 'utf8'));
  const { maxConcurrentActivityFunctions, maxConcurrentOrchestratorFunctions } = extensions.durableTask;
  expect(page).toContain(
    `| ${maxConcurrentActivityFunctions}, ${maxConcurrentOrchestratorFunctions} per instance |`,
  );
});
