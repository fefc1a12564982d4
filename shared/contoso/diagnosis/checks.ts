import type { TenantStore } from '../stores/tenant-store.ts';
import { conclude } from './conclude.ts';
import {
  healthRemarks,
  inventoryRemarks,
  linkRemarks,
  namesRemarks,
  pathRemarks,
  restartRemarks,
  servicesRemarks,
} from './device-findings.ts';
import { info, type Remark } from './finding.ts';
import { type Line, usedBefore } from './line.ts';
import { serviceRemarks, subscriptionRemarks, usageRemarks } from './line-findings.ts';
import type { DeviceProbe, ProbeTarget } from './probe.ts';
import type { Conclusion } from './report.ts';
import type { StepInput } from './step-contract.ts';
import type { StepName } from './steps.ts';

/** What a step has at hand. */
export interface Bench {
  readonly input: StepInput;
  readonly store: TenantStore;
  readonly probe: DeviceProbe;
  readonly target: ProbeTarget;
  /** Undefined when no subscription was named. */
  readonly line: Line | undefined;
}

/** What a step saw and did. */
export interface Outcome {
  readonly remarks: Remark[];
  readonly actions?: string[];
  readonly conclusion?: Conclusion;
}

/** What each step does. All may be repeated without harm. */
export const checks: { readonly [Step in StepName]: (bench: Bench) => Promise<Outcome> } = {
  async collect_inventory({ input, line, probe, target }) {
    const notice = probe.notice === undefined ? [] : [info('About the readings', probe.notice)];
    const device = inventoryRemarks(await probe.inventory(target));
    return { remarks: [...notice, ...subscriptionRemarks(line, input.day), ...device] };
  },
  async connectivity({ line, probe, target }) {
    const device = linkRemarks(await probe.link(target), target.line);
    return { remarks: [...(line ? serviceRemarks(line) : []), ...device] };
  },
  async dns_gateway({ probe, target }) {
    return { remarks: namesRemarks(await probe.names(target)) };
  },
  async ping_traceroute({ probe, target }) {
    return { remarks: pathRemarks(await probe.path(target), target.line) };
  },
  async services_logs({ probe, target }) {
    return { remarks: servicesRemarks(await probe.services(target)) };
  },
  async restart_agent({ input, probe, target }) {
    const runs = await probe.restartAgent(target, input.operationId);
    const actions = runs === undefined ? [] : [`Restarted the management agent of ${target.deviceName}.`];
    return { remarks: restartRemarks(runs), actions };
  },
  async health_checks({ input, store, line, probe, target }) {
    const device = healthRemarks(await probe.health(target));
    if (line === undefined) {
      return { remarks: device };
    }
    const used = await usedBefore(store, line.subscription.subscription_id, input.day);
    return { remarks: [...device, ...usageRemarks(line.subscription, used)] };
  },
  async summarize({ input }) {
    return {
      remarks: [],
      conclusion: conclude(input.request, input.course ?? { findings: [], notDone: [] }),
    };
  },
  async finalize({ input, probe, target }) {
    await probe.release(target, input.operationId);
    return { remarks: [] };
  },
};
