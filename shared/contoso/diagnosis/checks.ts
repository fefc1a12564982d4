import type { TenantStore } from '../stores/tenant-store.ts';
import { conclude } from './conclude.ts';
import {
  healthFindings,
  inventoryFindings,
  linkFindings,
  namesFindings,
  pathFindings,
  restartFindings,
  servicesFindings,
} from './device-findings.ts';
import { type FindingOfStep, info } from './finding.ts';
import { type Line, usedBefore } from './line.ts';
import { serviceFindings, subscriptionFindings, usageFindings } from './line-findings.ts';
import type { DeviceProbe, ProbeTarget } from './probe.ts';
import type { Conclusion } from './report.ts';
import type { StepInput } from './step-contract.ts';
import type { StepName } from './steps.ts';

/** What a step works with. */
export interface StepContext {
  readonly input: StepInput;
  readonly store: TenantStore;
  readonly probe: DeviceProbe;
  readonly target: ProbeTarget;
  /** Undefined when no subscription was named. */
  readonly line: Line | undefined;
}

/** What a step saw and did. */
export interface Outcome {
  readonly findings: FindingOfStep[];
  readonly actions?: string[];
  readonly conclusion?: Conclusion;
}

/** What each step does. All may be repeated without harm. */
export const checks: { readonly [Step in StepName]: (context: StepContext) => Promise<Outcome> } = {
  async collect_inventory({ input, line, probe, target }) {
    const notice = probe.notice === undefined ? [] : [info('About the readings', probe.notice)];
    const device = inventoryFindings(await probe.inventory(target));
    return { findings: [...notice, ...subscriptionFindings(line, input.day), ...device] };
  },
  async connectivity({ line, probe, target }) {
    const device = linkFindings(await probe.link(target), target.line);
    return { findings: [...(line ? serviceFindings(line) : []), ...device] };
  },
  async dns_gateway({ probe, target }) {
    return { findings: namesFindings(await probe.names(target)) };
  },
  async ping_traceroute({ probe, target }) {
    return { findings: pathFindings(await probe.path(target), target.line) };
  },
  async services_logs({ probe, target }) {
    return { findings: servicesFindings(await probe.services(target)) };
  },
  async restart_agent({ input, probe, target }) {
    const runs = await probe.restartAgent(target, input.operationId);
    const actions = runs === undefined ? [] : [`Restarted the management agent of ${target.deviceName}.`];
    return { findings: restartFindings(runs), actions };
  },
  async health_checks({ input, store, line, probe, target }) {
    const device = healthFindings(await probe.health(target));
    if (line === undefined) {
      return { findings: device };
    }
    const used = await usedBefore(store, line.subscription.subscription_id, input.day);
    return { findings: [...device, ...usageFindings(line.subscription, used)] };
  },
  async summarize({ input }) {
    return {
      findings: [],
      conclusion: conclude(input.request, input.course ?? { findings: [], notDone: [] }),
    };
  },
  async finalize({ input, probe, target }) {
    await probe.release(target, input.operationId);
    return { findings: [] };
  },
};
