import { expect, test } from 'vitest';
import { conclude } from '#contoso/diagnosis/conclude';
import type { Finding } from '#contoso/diagnosis/report';

const finding = (severity: Finding['severity'], title: string): Finding => ({
  step: 'connectivity',
  severity,
  title,
  detail: '',
});
const request = { device_name: 'router', detail: 'odd' };

test('nothing but information is a success', () => {
  expect(conclude(request, { findings: [finding('info', 'Fine')], notDone: [] })).toEqual({
    status: 'success',
    summary: 'Nothing wrong was found with router.',
  });
});

test('problems come before warnings, and only the first three are named', () => {
  const findings = [
    finding('warning', 'W1'),
    finding('problem', 'P1'),
    finding('warning', 'W2'),
    finding('warning', 'W3'),
  ];
  expect(conclude(request, { findings, notDone: [] })).toEqual({
    status: 'attention_needed',
    summary: 'router: 1 problem and 3 warnings. P1. W1. W2, and 1 more.',
  });
});

test('a summary leaves out what there is none of', () => {
  expect(conclude(request, { findings: [finding('problem', 'P1')], notDone: [] }).summary).toBe(
    'router: 1 problem. P1.',
  );
});

test('most checks missing is a failure, a few are not', () => {
  const notDone = ['connectivity', 'dns_gateway', 'ping_traceroute', 'services_logs'] as const;
  expect(conclude(request, { findings: [], notDone: [...notDone] }).status).toBe('failed');
  expect(conclude(request, { findings: [], notDone: notDone.slice(1) }).status).toBe('success');
});
