import * as z from 'zod';
import { servedAt } from '#platform/access/exposure';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import { exampleCalls } from '#seed/examples/calls';
import { exampleData } from '#seed/examples/data';
import { cellsOf, listedTools, offers, roles } from './offers.ts';
import { schemaRules } from './schema-rules.ts';
import { table } from './table.ts';

/** docs/tools.md: what every tool takes, gives and needs, from the definitions themselves. */
export function toolsPage(): string {
  return [
    '# Tools',
    '',
    'Generated from the definitions by `npm run docs`; do not edit.',
    '',
    'Ids are whole numbers (numeric texts are accepted), dates `YYYY-MM-DD`, times ISO 8601 in UTC, amounts dollars. Unknown',
    'fields are refused. A failure is one sentence that says what to do. Every result has a readable sentence, the data as',
    'JSON text, and the same data as structured content. The examples are about records of the demo data.',
    '',
    '## Who may call what',
    '',
    'By role; [roles](roles.md) says how users get them.',
    '',
    ...rolesTable(),
    '',
    '## `/mcp`',
    '',
    ...sectionsOf('mcp'),
    '## `/agentic/mcp`',
    '',
    ...sectionsOf('agentic'),
    ...hostRules(),
  ].join('\n');
}

/** What hosts refuse in a schema, and where that is written. */
function hostRules(): string[] {
  return [
    '## What the inputs keep to',
    '',
    'Hosts send the schemas of inputs to their language models as they are. Each of these rules is checked for every input; what',
    'a schema therefore does not say (lengths, defaults, the form of a date) its description says, and the service checks. That',
    'all members are required, which OpenAI’s strict mode asks for as well, hosts rewrite themselves: null is then what is left',
    'out. So null says nothing of its own in any input: what it could say has a word, as `"unlimited"` for the `data_cap_gb` of',
    '`update_subscription`; null there, which meant that before, changes nothing.',
    '',
    ...table(
      ['host', 'rule', 'source', 'as of'],
      schemaRules.map(({ host, rule, source, date }) => [host, rule, source, date]),
    ),
    '',
  ];
}

function rolesTable(): string[] {
  const rows = listedTools.map((offer) => [
    `\`${offer.thing.name}\``,
    `\`${offer.thing.permission}\``,
    ...cellsOf(offer, roles),
  ]);
  return table(['tool', 'permission', ...roles], rows);
}

function sectionsOf(endpoint: 'mcp' | 'agentic'): string[] {
  return servedAt(offers.tools, endpoint).flatMap(({ thing }) => section(thing));
}

const examples = exampleCalls(
  listedTools.map(({ thing }) => thing),
  exampleData('contoso'),
  0,
);

function section(tool: AnyTool): string[] {
  const example = examples.find((call) => call.tool === tool.name)?.arguments;
  const fields = fieldsOf(tool);
  return [
    `### ${tool.name}`,
    '',
    tool.description,
    '',
    ...formerly(tool),
    ...(fields.length === 0 ? ['Takes nothing.'] : table(['input', 'type', 'what'], fields)),
    '',
    ...(fields.length === 0 || example === undefined ? [] : [`Example: \`${JSON.stringify(example)}\``, '']),
    `Gives: ${Object.keys(tool.output.shape)
      .map((name) => `\`${name}\``)
      .join(', ')}.${tool.confirmation === undefined ? '' : ' May ask the user to confirm.'}`,
    '',
  ];
}

/** Names that clients may still have. */
export function formerly({ formerNames = [] }: AnyTool): string[] {
  const names = formerNames.map((name) => `\`${name}\``).join(', ');
  return names === '' ? [] : [`Formerly ${names}; calls by that name still reach it.`, ''];
}

interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly description?: string;
}

function fieldsOf({ input }: AnyTool): string[][] {
  const schema = z.toJSONSchema(input, { io: 'input' }) as {
    properties?: Record<string, FieldSchema>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, field]) => [
    `\`${name}\`${schema.required?.includes(name) ? '' : ' (optional)'}`,
    field.enum?.map(String).join(', ') ?? field.format ?? String(field.type ?? 'object'),
    field.description ?? '',
  ]);
}
