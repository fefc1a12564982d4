import { type TenantId, tenantId } from '#platform/identity/tenant';
import { instruments, secondsSince } from '#platform/telemetry/instruments';
import type { Logger } from '#platform/telemetry/log';
import { failureOf, inSpan } from '#platform/telemetry/spans';
import { remoteParent } from '#platform/telemetry/trace-context';
import type { TenantStore } from '../stores/tenant-store.ts';
import { checks } from './checks.ts';
import { lineState, loadLine } from './line.ts';
import type { DeviceProbe } from './probe.ts';
import { type StepInput, type StepOutcome, stepInput } from './step-contract.ts';

export interface StepRunnerOptions {
  readonly probe: DeviceProbe;
  /** The data of one of the deployment's tenants. */
  readonly storeOf: (tenant: TenantId) => TenantStore;
  readonly logger: Logger;
}

/**
 * Carries out one step of a job: the body of the activity. The engine may run it more than once, also after it
 * succeeded; the same input gets the same outcome as long as the data are the same, and no business data change.
 * At most three round trips to storage.
 * @throws ZodError when the input is not a {@link StepInput}; NotFound when the subscription is gone
 */
export function stepRunner(options: StepRunnerOptions): (input: unknown) => Promise<StepOutcome> {
  return async (raw) => {
    const input = stepInput.parse(raw);
    const { tenant, step, trace: traceparent } = input;
    const attributes = { 'contoso.tenant': tenant, 'contoso.job.step': step };
    return await inSpan(`job step ${step}`, { attributes, parent: remoteParent({ traceparent }) }, () =>
      onRecord(input, options.logger, () => carryOut(input, options)),
    );
  };
}

/** One line and one measurement for each attempt; a failed one may be followed by another. */
async function onRecord(
  { tenant, step, operationId: job }: StepInput,
  logger: Logger,
  work: () => Promise<StepOutcome>,
): Promise<StepOutcome> {
  const started = performance.now();
  let failure: string | undefined;
  try {
    return await work();
  } catch (error) {
    failure = failureOf(error);
    throw error;
  } finally {
    const seconds = secondsSince(started);
    instruments().jobStepDuration.record(seconds, {
      'contoso.job.step': step,
      ...(failure !== undefined && { 'error.type': failure }),
    });
    logger.log(failure === undefined ? 'info' : 'warn', 'job step carried out', {
      tenant,
      job,
      step,
      outcome: failure ?? 'ok',
      durationMs: Math.round(seconds * 1000),
    });
  }
}

async function carryOut(input: StepInput, { probe, storeOf }: StepRunnerOptions): Promise<StepOutcome> {
  const { device_name: deviceName, detail, subscription_id: subscription } = input.request;
  const store = storeOf(tenantId(input.tenant));
  const line = subscription === undefined ? undefined : await loadLine(store, subscription);
  const target = { deviceName, detail, line: line && lineState(line) };
  const {
    remarks,
    actions = [],
    conclusion,
  } = await checks[input.step]({
    input,
    store,
    probe,
    target,
    line,
  });
  const findings = remarks.map((remark) => ({ step: input.step, ...remark }));
  return { findings, actions, ...(conclusion && { conclusion }) };
}
