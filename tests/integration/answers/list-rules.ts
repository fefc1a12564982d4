import type { Tool } from '@modelcontextprotocol/client';
import type { Problems } from './reading.ts';

/** What holds for the list of tools as a whole. */
export const listRules: Readonly<Record<string, (tools: readonly Tool[]) => Problems>> = {
  'id-from-somewhere': (tools) => {
    const given = new Set(tools.flatMap((tool) => fieldNames(tool.outputSchema)));
    return tools.flatMap((tool) =>
      Object.keys(tool.inputSchema.properties ?? {})
        .filter((name) => name.endsWith('_id') && !given.has(name))
        .map((name) => `${tool.name}: no answer gives ${name}`),
    );
  },
  'unit-in-schema': (tools) =>
    tools.flatMap((tool) =>
      schemasIn(tool.outputSchema as Schema | undefined)
        .filter(([name, { description = '' }]) => amounts.test(name) && !/dollar/i.test(description))
        .map(([name]) => `${tool.name}: ${name} does not say that it is dollars`),
    ),
  'what-for': (tools) =>
    tools
      .filter(({ description = '' }) => !/\bUse it\b|^Answers questions about\b/.test(description))
      .map(({ name, description }) => `${name}: ${description}`),
};
const amounts = /^(?:amount|monthly_fee|outstanding|settled|total_due)$/;
export const wordsOfPeople =
  /^(?:description|subject|detail|reason|content|address|phone|email|request_detail)$/;

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The fields that a schema names, at any depth. */
function schemasIn(schema: Schema | undefined): readonly [string, Schema][] {
  const own = Object.entries(schema?.properties ?? {});
  const inner = [...own.map(([, field]) => field), ...(schema?.items === undefined ? [] : [schema.items])];
  return [...own, ...inner.flatMap(schemasIn)];
}

function fieldNames(schema: unknown): readonly string[] {
  return schemasIn(schema as Schema | undefined).map(([name]) => name);
}
