import { type Counter, createNoopMeter, type Histogram, type Meter, metrics } from '@opentelemetry/api';
import { monotonicNow } from '../clock.ts';
import { own, scope } from './names.ts';

/**
 * Everything that is measured. Durations are in seconds. Attributes take their values from what the product defines or
 * its operator configures (tools, outcomes, tenants, models, reasons), so the number of series is bounded.
 *
 * Names are those of the OpenTelemetry conventions for HTTP, MCP, generative AI and databases where there are some.
 */
export interface Instruments {
  readonly requestDuration: Histogram;
  readonly toolCalls: Counter;
  readonly toolDuration: Histogram;
  readonly toolRoundTrips: Histogram;
  readonly storageDuration: Histogram;
  readonly modelDuration: Histogram;
  readonly modelTokens: Histogram;
  readonly modelCost: Counter;
  readonly jobsStarted: Counter;
  readonly jobsEnded: Counter;
  readonly jobStepDuration: Histogram;
  readonly refusals: Counter;
  readonly auditLost: Counter;
  readonly formerNames: Counter;
}

/** A meter does not change what it made, and another one takes its place when telemetry starts. */
const made = new WeakMap<Meter, Instruments>();

/** The instruments; they do nothing while no metrics are exported. */
export function instruments(): Instruments {
  const meter = metrics.getMeter(scope());
  const known = made.get(meter) ?? makeInstruments(meter);
  made.set(meter, known);
  return known;
}

/** Whether anybody reads the metrics; what costs something to find out is not worth it otherwise. */
export function isMeasured(): boolean {
  return metrics.getMeter(scope()) !== createNoopMeter();
}

/** Seconds since a moment of `monotonicNow()`. */
export function secondsSince(started: number): number {
  return (monotonicNow() - started) / 1000;
}

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
const tokens = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576];
const roundTrips = [0, 1, 2, 3, 5, 10];

function makeInstruments(meter: Meter): Instruments {
  const histogram = (name: string, unit: string, description: string, boundaries: number[]) =>
    meter.createHistogram(name, { unit, description, advice: { explicitBucketBoundaries: boundaries } });
  return {
    requestDuration: histogram(
      'http.server.request.duration',
      's',
      'HTTP requests to the endpoints.',
      seconds,
    ),
    toolCalls: meter.createCounter(own('tool.calls'), {
      unit: '{call}',
      description: 'Calls of tools, reads of resources and prompts, by tenant, name, outcome and decision.',
    }),
    toolDuration: histogram(
      'mcp.server.operation.duration',
      's',
      'Calls of tools, reads of resources and prompts.',
      seconds,
    ),
    toolRoundTrips: histogram(
      own('tool.storage_round_trips'),
      '{request}',
      'Requests to storage that one call took.',
      roundTrips,
    ),
    storageDuration: histogram('db.client.operation.duration', 's', 'Requests to storage.', seconds),
    modelDuration: histogram('gen_ai.client.operation.duration', 's', 'Requests to a model.', seconds),
    modelTokens: histogram('gen_ai.client.token.usage', '{token}', 'Tokens that a request used.', tokens),
    modelCost: meter.createCounter(own('model.cost'), {
      unit: '{money}',
      description: 'What models cost by the price list, in its currency.',
    }),
    // No count of running jobs: one instance begins a job, another sees it end, and either may be gone by then.
    jobsStarted: meter.createCounter(own('jobs.started'), {
      unit: '{job}',
      description: 'Jobs that were put on record, by tenant.',
    }),
    jobsEnded: meter.createCounter(own('jobs.ended'), {
      unit: '{job}',
      description: 'Jobs that ended, by tenant and how.',
    }),
    jobStepDuration: histogram(own('job.step.duration'), 's', 'Attempts at steps of jobs.', seconds),
    refusals: meter.createCounter(own('requests.refused'), {
      unit: '{request}',
      description: 'Requests that got no further than the endpoint, by reason.',
    }),
    formerNames: meter.createCounter(own('tool.former_name.calls'), {
      unit: '{call}',
      description: 'Calls of tools by a name that they had before, by that name.',
    }),
    auditLost: meter.createCounter(own('audit.lost'), {
      unit: '{entry}',
      description: 'Entries of the audit trail that could not be kept.',
    }),
  };
}
