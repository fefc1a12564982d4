import { expect, test } from 'vitest';
import * as z from 'zod';
import { businessTools } from '#contoso/tools/index';
import type { AnyTool } from '#platform/mcp/definitions/tool';

function inputSchema(tool: AnyTool) {
  return z.toJSONSchema(tool.input, { io: 'input', target: 'draft-2020-12' });
}

test.each(businessTools.map((tool) => [tool.name, tool] as const))('%s is described', (_name, tool) => {
  expect(tool.title.length).toBeGreaterThan(5);
  expect(tool.title.length).toBeLessThanOrEqual(60);
  expect(tool.description.length).toBeGreaterThan(80);
  expect(tool.description).toMatch(/\bUse it\b/);
  expect(tool.description).not.toMatch(/[\n\r\t]/);
});

test('descriptions send the reader only to tools that exist', () => {
  const names = new Set(businessTools.map((tool) => tool.name));
  for (const tool of businessTools) {
    const mentioned = JSON.stringify([tool.description, inputSchema(tool)]).match(
      /\b(?:get|ask|create|update|search|pay|unlock)_[a-z_]+/g,
    );
    expect([...(mentioned ?? [])].filter((name) => !names.has(name))).toEqual([]);
  }
});

test.each(businessTools.map((tool) => [tool.name, tool] as const))(
  '%s takes no extra fields, and every field is described',
  (_name, tool) => {
    expectStrictAndDescribed(inputSchema(tool));
    expect(tool.input.safeParse({ surprise: 1 }).error?.issues).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'unrecognized_keys' })]),
    );
  },
);

test.each(businessTools.map((tool) => [tool.name, tool] as const))(
  'the result of %s is an object',
  (_name, tool) => {
    expect(z.toJSONSchema(tool.output, { io: 'output', target: 'draft-2020-12' })).toMatchObject({
      type: 'object',
    });
  },
);

function expectStrictAndDescribed(schema: z.core.JSONSchema.BaseSchema): void {
  expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  for (const field of Object.values(schema.properties ?? {})) {
    const choices = typeof field === 'object' ? [field, ...(field.anyOf ?? [])] : [];
    expect(choices.some((one) => typeof one === 'object' && one.description)).toBe(true);
    if (typeof field === 'object' && field.type === 'object') {
      expectStrictAndDescribed(field);
    }
  }
}
