import { describe, expect, test } from 'vitest';
import { permissions } from '#contoso/access/permissions';
import { businessTools } from '#contoso/tools/index';
import { offeredAt } from '#platform/access/offer';
import { toolSpec } from '#platform/experts/tool-specs';
import { tenantId } from '#platform/identity/tenant';
import { ToolRegistry } from '#platform/mcp/registry';
import { agenticTools } from '#scripts/docs/agentic-tools';
import { type SchemaPart, schemaRules } from '#scripts/docs/schema-rules';

const tools = [...businessTools, ...agenticTools];
const listed = new ToolRegistry(offeredAt('mcp', tools)).listFor({
  permissions: new Set(permissions),
  actor: 'person',
  tenant: tenantId('contoso'),
  endpoint: 'mcp',
});

type Place = readonly [where: string, part: SchemaPart, root: boolean];

/** The schema and all schemas in it. */
function partsOf(schema: SchemaPart, where: string, root = true): Place[] {
  const members = Object.entries((schema.properties ?? {}) as Record<string, SchemaPart>);
  const choices = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => (schema[keyword] ?? []) as SchemaPart[]);
  const items = schema.items === undefined ? [] : [schema.items as SchemaPart];
  return [
    [where, schema, root],
    ...members.flatMap(([name, part]) => partsOf(part, `${where}.${name}`, false)),
    ...[...choices, ...items].flatMap((part) => partsOf(part, `${where}[]`, false)),
  ];
}

describe.each(schemaRules)('$host: $rule', ({ breaks }) => {
  test('holds for every input, as clients see it and as the experts see it', () => {
    const inputs = [
      ...listed.map(({ name, inputSchema }) => partsOf(inputSchema, name)),
      ...tools.map((tool) => partsOf(toolSpec(tool).inputSchema, `expert ${tool.name}`)),
    ].flat();
    expect(inputs.length).toBeGreaterThan(tools.length * 2);
    expect(inputs.filter(([, part, root]) => breaks(part, root)).map(([where]) => where)).toEqual([]);
  });

  test('can be broken', () => {
    const broken: SchemaPart[] = [
      { type: 'object', properties: {}, additionalProperties: true, anyOf: [] },
      { type: ['string', 'null'], format: 'date', exclusiveMinimum: 0, default: 1, not: {} },
      { $ref: '#', pattern: '(?=x)', const: 1, enum: [true] },
      { type: 'array' },
    ];
    expect(broken.some((part) => breaks(part, true))).toBe(true);
  });
});

test('null says nothing in any input: strict hosts send it for what a model leaves out', () => {
  const parts = listed.flatMap(({ name, inputSchema }) => partsOf(inputSchema, name));
  expect(parts.filter(([, { type }]) => type === 'null').map(([where]) => where)).toEqual([]);
  // what has no type of its own would take null
  expect(parts.filter(([, part]) => !('type' in part || 'anyOf' in part)).map(([where]) => where)).toEqual(
    [],
  );
});

test('no output refers to another place, or has a list of types', () => {
  for (const { name, outputSchema } of listed) {
    const parts = partsOf(outputSchema as SchemaPart, name);
    expect(parts.filter(([, part]) => '$ref' in part || Array.isArray(part.type))).toEqual([]);
  }
});
