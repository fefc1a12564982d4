import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProbeTarget } from '#contoso/diagnosis/probe';
import { simulatedProbe } from '#contoso/diagnosis/simulated-probe';

const line = { active: true, service: 'normal', planMbps: 300 } as const;

function target(fields: Partial<ProbeTarget>): ProbeTarget {
  return { deviceName: 'router', detail: 'something is odd', line, ...fields };
}

async function everything(about: ProbeTarget) {
  const { inventory, link, names, path, services, health } = simulatedProbe;
  return await Promise.all([inventory, link, names, path, services, health].map((read) => read(about)));
}

const anyTarget = fc.record({
  deviceName: fc.string({ unit: 'binary' }),
  detail: fc.string({ unit: 'binary' }),
  line: fc.option(
    fc.record({
      active: fc.boolean(),
      service: fc.constantFrom('normal', 'slow', 'offline'),
      planMbps: fc.constantFrom(50, 1000),
    }),
    { nil: undefined },
  ),
});

test('the same device, problem and line always give the same readings', async () => {
  await fc.assert(
    fc.asyncProperty(anyTarget, async (about) => {
      expect(await everything(structuredClone(about))).toEqual(await everything(about));
    }),
  );
});

test('devices differ', async () => {
  const readings = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((deviceName) => everything(target({ deviceName }))),
  );
  expect(new Set(readings.map((reading) => JSON.stringify(reading))).size).toBe(5);
});

test.each([
  { line: { ...line, active: false } },
  { line: { ...line, service: 'offline' as const } },
  { line: undefined, detail: 'It is dead' },
])('a device without a line or without power does not answer: %j', async (fields) => {
  expect(await everything(target(fields))).toEqual(Array(6).fill(undefined));
  expect(await simulatedProbe.restartAgent(target(fields), 'operation')).toBeUndefined();
});

test('a known line says how fast it is, whatever the caller says', async () => {
  const path = await simulatedProbe.path(target({ detail: 'very slow' }));
  expect(path?.throughputMbps).toBeGreaterThan(240);
  const slow = await simulatedProbe.path(
    target({ line: { ...line, service: 'slow' }, detail: 'all is well' }),
  );
  expect(slow?.throughputMbps).toBeLessThan(75);
});

test.each([
  ['weak signal in the kitchen', 'link', 'signalPercent', 40],
  ['calls keep dropping', 'link', 'signalPercent', 40],
] as const)('"%s" shows', async (detail, reading, field, below) => {
  expect((await simulatedProbe[reading](target({ detail })))?.[field]).toBeLessThan(below);
});

test('crashes show in services and memory', async () => {
  const about = target({ detail: 'it reboots all the time' });
  expect((await simulatedProbe.services(about))?.stoppedServices).toHaveLength(1);
  expect((await simulatedProbe.health(about))?.memoryPercent).toBeGreaterThan(90);
});
