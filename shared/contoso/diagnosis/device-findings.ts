import { counted } from '#platform/counted';
import { type FindingOfStep, info, notMeasured, problem, warning } from './finding.ts';
import type {
  Health,
  Inventory,
  LineState,
  LinkQuality,
  NameResolution,
  NetworkPath,
  ServiceState,
} from './probe.ts';

/** What readings of a device mean. Where they compare with the plan, the thresholds are those of the slow-internet guide. */
const limits = {
  signalPercent: 40,
  lookupMs: 200,
  latencyMs: 100,
  lossPercent: 2,
  /** Share of the plan's speed at which the line is fine, and under which Network Operations take over. */
  fineShare: 0.8,
  escalateShare: 0.25,
  errorsPerHour: 20,
  memoryPercent: 90,
  temperatureCelsius: 80,
} as const;

export function inventoryFindings(inventory: Inventory | undefined): FindingOfStep[] {
  if (inventory === undefined) {
    return [notMeasured()];
  }
  const { model, firmware, firmwareIsCurrent, daysSinceStart } = inventory;
  const device = `${model}, firmware ${firmware}, started ${counted(daysSinceStart, 'day')} ago.`;
  return [
    firmwareIsCurrent
      ? info('The device is known', device)
      : warning('The firmware is out of date', `${device} Update the firmware of the device.`),
  ];
}

export function linkFindings(link: LinkQuality | undefined, line: LineState | undefined): FindingOfStep[] {
  if (link === undefined) {
    return [silentFinding(line)];
  }
  const signal = `The signal strength is ${link.signalPercent} %.`;
  return [
    link.signalPercent < limits.signalPercent
      ? warning('The signal is weak', `${signal} Move the device or connect it by cable.`)
      : info('The device is connected', signal),
  ];
}

function silentFinding(line: LineState | undefined): FindingOfStep {
  const title = 'The device does not answer';
  const isDown = line !== undefined && (!line.active || line.service === 'offline');
  return isDown
    ? info(title, 'It cannot be reached, because its line delivers no service.')
    : problem(title, 'Check its power and its cables, then run the diagnosis again.');
}

export function namesFindings(names: NameResolution | undefined): FindingOfStep[] {
  if (names === undefined) {
    return [notMeasured()];
  }
  const { gatewayAnswers, lookupMs } = names;
  const lookup = `Names are resolved in ${lookupMs} ms.`;
  return [
    gatewayAnswers
      ? info('The gateway answers', 'The default gateway answers the device.')
      : problem('The gateway does not answer', 'Restart the modem, then the router.'),
    lookupMs > limits.lookupMs
      ? warning('Name resolution is slow', `${lookup} Set the device to the name servers of the network.`)
      : info('Name resolution works', lookup),
  ];
}

/** @param line undefined when the plan is not known; the speed is then told, not judged */
export function pathFindings(path: NetworkPath | undefined, line: LineState | undefined): FindingOfStep[] {
  if (path === undefined) {
    return [notMeasured()];
  }
  const { latencyMs, lossPercent, hops, throughputMbps } = path;
  const measured = `${latencyMs} ms over ${counted(hops, 'hop')}, ${lossPercent} % of the packets lost.`;
  const isPoor = latencyMs > limits.latencyMs || lossPercent > limits.lossPercent;
  return [
    isPoor ? warning('The path is poor', measured) : info('The path is good', measured),
    line === undefined
      ? info('The speed was measured', `${throughputMbps} Mbps; the plan is not known.`)
      : speedFinding(throughputMbps, line.planMbps),
  ];
}

function speedFinding(measuredMbps: number, planMbps: number): FindingOfStep {
  const share = measuredMbps / planMbps;
  const detail = `${measuredMbps} Mbps of ${planMbps} Mbps, ${Math.round(share * 100)} % of the plan.`;
  if (share < limits.escalateShare) {
    return problem('Far below the speed of the plan', `${detail} Escalate to Network Operations.`);
  }
  return share < limits.fineShare
    ? warning('Below the speed of the plan', `${detail} Measure again at another time of day.`)
    : info('The speed fits the plan', detail);
}

export function servicesFindings(services: ServiceState | undefined): FindingOfStep[] {
  if (services === undefined) {
    return [notMeasured()];
  }
  const { stoppedServices, errorsInLastHour } = services;
  const errors = `${counted(errorsInLastHour, 'error')} in the last hour.`;
  return [
    ...stoppedServices.map((name) =>
      warning('A service has stopped', `The ${name} is not running; restart the device.`),
    ),
    errorsInLastHour > limits.errorsPerHour
      ? warning('The logs are full of errors', errors)
      : info('The logs are quiet', errors),
  ];
}

/** @param runs whether the agent runs again */
export function restartFindings(runs: boolean | undefined): FindingOfStep[] {
  if (runs === undefined) {
    return [info('Not restarted', 'The device does not answer.')];
  }
  return [
    runs
      ? info('The management agent runs', 'It was restarted and answers.')
      : problem('The management agent does not run', 'It did not come back; replace the device.'),
  ];
}

export function healthFindings(health: Health | undefined): FindingOfStep[] {
  if (health === undefined) {
    return [notMeasured()];
  }
  const { memoryPercent, temperatureCelsius, agentAnswers } = health;
  const state = `${memoryPercent} % of the memory is used, ${temperatureCelsius} °C.`;
  return [
    ...(agentAnswers ? [] : [problem('The management agent is silent', 'Restart the device.')]),
    memoryPercent > limits.memoryPercent || temperatureCelsius > limits.temperatureCelsius
      ? warning('The device is under strain', `${state} Restart it and keep it cool.`)
      : info('The device is healthy', state),
  ];
}
