import { expect, test } from 'vitest';
import {
  healthFindings,
  inventoryFindings,
  linkFindings,
  namesFindings,
  pathFindings,
  restartFindings,
  servicesFindings,
} from '#contoso/diagnosis/device-findings';
import { notMeasured } from '#contoso/diagnosis/finding';
import { serviceFindings, subscriptionFindings, usageFindings } from '#contoso/diagnosis/line-findings';
import { aSubscription } from '../../support/small-records.ts';

import { aLine, brief } from './a-line.ts';

const today = '2026-03-15';
const plan = { active: true, service: 'normal', planMbps: 100 } as const;

test('without a subscription the report says that it is about the device alone', () => {
  expect(brief(subscriptionFindings(undefined, today))).toEqual(['info: About the device alone']);
});

test.each([
  [{}, 'info: The subscription is active'],
  [{ status: 'inactive' as const }, 'problem: The subscription is suspended'],
  [{ status: 'inactive' as const, end_date: '2026-03-14' }, 'problem: The subscription has ended'],
  [{ status: 'inactive' as const, end_date: today }, 'problem: The subscription is suspended'],
])('a subscription with %j', (fields, expected) => {
  expect(brief(subscriptionFindings(aLine(fields), today))).toEqual([expected]);
});

test.each([
  ['normal', 'info: The service is normal'],
  ['slow', 'problem: The service is slow'],
  ['offline', 'problem: The service is offline'],
] as const)('service status %s', (service_status, expected) => {
  expect(brief(serviceFindings(aLine({ service_status })))).toEqual([expected]);
});

test('open incidents are named, newest first, at most five', () => {
  const titles = serviceFindings(aLine({}, [1, 2, 3, 4, 5, 6])).map(({ title }) => title);
  expect(titles.slice(1)).toEqual([6, 5, 4, 3, 2].map((day) => `Open incident since 2026-03-${10 + day}`));
});

test.each([
  [10, 7.9, 'info: Within the data cap'],
  [10, 8, 'warning: The data cap is near'],
  [10, 10, 'warning: The data cap is near'],
  [10, 10.1, 'problem: The data cap is exceeded'],
  [null, 900, 'info: No data cap'],
])('cap %j GB, %j GB used', (data_cap_gb, used, expected) => {
  expect(brief(usageFindings(aSubscription({ data_cap_gb }), used))).toEqual([expected]);
});

test('says how much is above the cap', () => {
  expect(usageFindings(aSubscription(), 22.3)[0]?.detail).toBe(
    '22.3 GB were used in the last 30 days, 223 % of the cap of 10 GB. The 12.3 GB above it cost extra.',
  );
});

test.each([
  [24, 'problem: Far below the speed of the plan'],
  [25, 'warning: Below the speed of the plan'],
  [79, 'warning: Below the speed of the plan'],
  [80, 'info: The speed fits the plan'],
])('%i of 100 Mbps', (throughputMbps, expected) => {
  const path = { latencyMs: 20, lossPercent: 0, hops: 8, throughputMbps };
  expect(brief(pathFindings(path, plan))).toEqual(['info: The path is good', expected]);
});

test('without a plan the speed is told and not judged', () => {
  const path = { latencyMs: 20, lossPercent: 5, hops: 8, throughputMbps: 1 };
  expect(brief(pathFindings(path, undefined))).toEqual([
    'warning: The path is poor',
    'info: The speed was measured',
  ]);
});

test('a device that does not answer is a problem only where its line is up', () => {
  expect(linkFindings(undefined, plan)[0]?.severity).toBe('problem');
  expect(linkFindings(undefined, undefined)[0]?.severity).toBe('problem');
  expect(linkFindings(undefined, { ...plan, active: false })[0]?.severity).toBe('info');
  expect(linkFindings(undefined, { ...plan, service: 'offline' })[0]?.severity).toBe('info');
});

test.each([inventoryFindings, namesFindings, servicesFindings, healthFindings])(
  '%o says when there is no reading',
  (findings) => {
    expect(findings(undefined)).toEqual([notMeasured()]);
  },
);

test.each([
  [
    inventoryFindings({ model: 'M', firmware: '1.0', firmwareIsCurrent: false, daysSinceStart: 1 }),
    'warning: The firmware is out of date',
  ],
  [linkFindings({ signalPercent: 39 }, plan), 'warning: The signal is weak'],
  [
    namesFindings({ gatewayAnswers: false, lookupMs: 10 }),
    'problem: The gateway does not answer, info: Name resolution works',
  ],
  [
    namesFindings({ gatewayAnswers: true, lookupMs: 201 }),
    'info: The gateway answers, warning: Name resolution is slow',
  ],
  [
    servicesFindings({ stoppedServices: ['a'], errorsInLastHour: 21 }),
    'warning: A service has stopped, warning: The logs are full of errors',
  ],
  [restartFindings(false), 'problem: The management agent does not run'],
  [restartFindings(undefined), 'info: Not restarted'],
  [
    healthFindings({ memoryPercent: 91, temperatureCelsius: 40, agentAnswers: false }),
    'problem: The management agent is silent, warning: The device is under strain',
  ],
])('%j', (findings, expected) => {
  expect(brief(findings).join(', ')).toBe(expected);
});
