import { expect, it } from 'vitest';
import { subjectOf, telemetryOf } from '#platform/mcp/pipeline/operation';

it.each([
  [
    'tool',
    'get_products',
    'get_products',
    'tools/call get_products',
    { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'get_products' },
  ],
  [
    'prompt',
    'p',
    'prompt:p',
    'prompts/get p',
    { 'mcp.method.name': 'prompts/get', 'gen_ai.prompt.name': 'p' },
  ],
  [
    'resource',
    'any-key-of-the-client',
    'resource:any-key-of-the-client',
    'resources/read',
    { 'mcp.method.name': 'resources/read' },
  ],
  ['task', 'cancel', 'tasks/cancel', 'tasks/cancel', { 'mcp.method.name': 'tasks/cancel' }],
] as const)('the %s %s is %s on record, and %s to telemetry', (kind, name, subject, span, attributes) => {
  expect(subjectOf({ kind, name })).toBe(subject);
  expect(telemetryOf({ kind, name })).toEqual({ span, attributes });
});
