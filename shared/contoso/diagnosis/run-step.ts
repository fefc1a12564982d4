import { type TenantId, tenantId } from '#platform/identity/tenant';
import type { TenantStore } from '../stores/tenant-store.ts';
import { checks } from './checks.ts';
import { lineState, loadLine } from './line.ts';
import type { DeviceProbe } from './probe.ts';
import { type StepOutcome, stepInput } from './step-contract.ts';

export interface DiagnosisOptions {
  readonly probe: DeviceProbe;
  /** The data of one of the deployment's tenants. */
  readonly storeOf: (tenant: TenantId) => TenantStore;
}

/**
 * Carries out one step of a diagnosis. The same input gets the same outcome as long as the data are the same, and no
 * business data change. At most three round trips to storage.
 * @throws ZodError when the input is not a {@link stepInput}; NotFound when the subscription is gone
 */
export async function runStep(raw: unknown, { probe, storeOf }: DiagnosisOptions): Promise<StepOutcome> {
  const input = stepInput.parse(raw);
  const { device_name: deviceName, detail, subscription_id: subscription } = input.request;
  const store = storeOf(tenantId(input.tenant));
  const line = subscription === undefined ? undefined : await loadLine(store, subscription);
  const target = { deviceName, detail, line: line && lineState(line) };
  const {
    findings: found,
    actions = [],
    conclusion,
  } = await checks[input.step]({ input, store, probe, target, line });
  const findings = found.map((finding) => ({ step: input.step, ...finding }));
  return { findings, actions, ...(conclusion && { conclusion }) };
}
