import { expect, it } from 'vitest';
import { examine } from '#doctor/checks/index';
import { reportLines } from '#doctor/report';
import { goodEvidence } from './evidence.ts';
import { settings } from './spoils.ts';

it('the report says what is wrong, why and what to do, and counts', () => {
  const evidence = settings({ GATEWAY_KEY: undefined, LOG_LEVEL: 'debug' })(goodEvidence());
  const lines = reportLines(examine(evidence));
  const at = lines.findIndex((line) => line.includes('(edge.gateway-only)'));
  expect(lines.slice(at, at + 3)).toEqual([
    '  WARN  The backend takes traffic from the gateway only (edge.gateway-only)',
    expect.stringMatching(/^ {8}GATEWAY_KEY is not set/),
    expect.stringMatching(/^ {8}→ Set GATEWAY_KEY/),
  ]);
  expect(lines.filter((line) => /^\w+$/.test(line))).toEqual(['Edge', 'Backend', 'Agentic', 'Operations']);
  expect(lines.at(-1)).toMatch(/^\d+ pass, 2 warn, 0 fail, 0 skipped$/);
});
