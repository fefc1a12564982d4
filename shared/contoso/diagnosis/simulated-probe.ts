import { createHash } from 'node:crypto';
import type { DeviceProbe, ProbeTarget, Reading } from './probe.ts';

/** What a described problem makes the readings look like. */
const symptoms = {
  silent: /\b(dead|offline|no (internet|service|connection|power))\b/i,
  weakSignal: /\b(signal|drop(s|ped|ping)?|wi-?fi|disconnect\w*)\b/i,
  slowNames: /\b(dns|web ?sites?|pages?)\b/i,
  slowPath: /\b(slow\w*|lag\w*|buffer\w*|crawl\w*)\b/i,
  crashes: /\b(crash\w*|restart\w*|reboot\w*|hang\w*|freez\w*)\b/i,
} as const;

const models = ['HomeGate 5', 'HomeGate 7 Mesh', 'LinkBox Pro', 'CityCell M2'];
const services = ['time synchronisation', 'update client', 'local resolver', 'usage meter'];

/**
 * Stands in for remote access to devices. Nothing is random and there is no clock: what it reads follows from the
 * device's name, the described problem and the state of the line, so the same request always gets the same report.
 */
export const simulatedProbe: DeviceProbe = {
  notice:
    'Readings of the device come from a simulation; only what is said of the subscription is real data.',
  inventory: answering((target) => ({
    model: models[between(target, 'model', 0, models.length - 1)] ?? '',
    firmware: `${between(target, 'major', 2, 5)}.${between(target, 'minor', 0, 19)}`,
    firmwareIsCurrent: between(target, 'current', 1, 10) > 3,
    daysSinceStart: between(target, 'started', 1, 90),
  })),
  link: answering((target) => ({
    signalPercent: shows(target, 'weakSignal')
      ? between(target, 'signal', 15, 39)
      : between(target, 'signal', 62, 98),
  })),
  names: answering((target) => ({
    gatewayAnswers: true,
    lookupMs: shows(target, 'slowNames')
      ? between(target, 'lookup', 350, 900)
      : between(target, 'lookup', 8, 45),
  })),
  path: answering((target) => {
    const planMbps = target.line?.planMbps ?? 100;
    return isSlow(target)
      ? {
          latencyMs: between(target, 'latency', 130, 260),
          lossPercent: between(target, 'loss', 3, 9),
          hops: between(target, 'hops', 9, 14),
          throughputMbps: Math.max(1, Math.round((planMbps * between(target, 'speed', 5, 20)) / 100)),
        }
      : {
          latencyMs: between(target, 'latency', 8, 35),
          lossPercent: 0,
          hops: between(target, 'hops', 7, 11),
          throughputMbps: Math.round((planMbps * between(target, 'speed', 84, 98)) / 100),
        };
  }),
  services: answering((target) =>
    shows(target, 'crashes')
      ? {
          stoppedServices: [services[between(target, 'stopped', 0, services.length - 1)] ?? ''],
          errorsInLastHour: between(target, 'errors', 25, 80),
        }
      : { stoppedServices: [], errorsInLastHour: between(target, 'errors', 0, 5) },
  ),
  restartAgent: answering(() => true),
  health: answering((target) => ({
    memoryPercent: shows(target, 'crashes')
      ? between(target, 'memory', 91, 98)
      : between(target, 'memory', 25, 70),
    temperatureCelsius: between(target, 'temperature', 38, 62),
    agentAnswers: true,
  })),
  release: async () => {},
};

/** A reading that a device without power or without a line does not give. */
function answering<T>(read: (target: ProbeTarget) => T): (target: ProbeTarget) => Reading<T> {
  return async (target) => (answers(target) ? read(target) : undefined);
}

function answers(target: ProbeTarget): boolean {
  const { line } = target;
  return line === undefined ? !shows(target, 'silent') : line.active && line.service !== 'offline';
}

/** Where the line is known, its state says how fast it is, not the caller's words. */
function isSlow(target: ProbeTarget): boolean {
  return target.line === undefined ? shows(target, 'slowPath') : target.line.service === 'slow';
}

function shows({ detail }: ProbeTarget, symptom: keyof typeof symptoms): boolean {
  return symptoms[symptom].test(detail);
}

/** A whole number from `least` to `most`, both included, that is always the same for this device, problem and name. */
function between({ deviceName, detail }: ProbeTarget, name: string, least: number, most: number): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([name, deviceName, detail]))
    .digest();
  return least + (hash.readUInt32BE(0) % (most - least + 1));
}
