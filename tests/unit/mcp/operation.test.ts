import { expect, it } from 'vitest';
import { operationOf } from '#platform/mcp/pipeline/operation';

it.each([
  [
    'get_products',
    'tools/call get_products',
    { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'get_products' },
  ],
  ['prompt:p', 'prompts/get p', { 'mcp.method.name': 'prompts/get', 'gen_ai.prompt.name': 'p' }],
  ['resource:any-key-of-the-client', 'resources/read', { 'mcp.method.name': 'resources/read' }],
  ['tasks/cancel', 'tasks/cancel', { 'mcp.method.name': 'tasks/cancel' }],
])('%s is %s to telemetry', (name, span, attributes) => {
  expect(operationOf(name)).toEqual({ span, attributes });
});
