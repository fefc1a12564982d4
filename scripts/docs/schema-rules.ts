/** A part of a schema of an input. */
export type SchemaPart = Readonly<Record<string, unknown>>;

/** What a host refuses in the schema of a tool's input, when it sends it to its language model as it is. */
export interface SchemaRule {
  readonly host: string;
  readonly rule: string;
  /** Where the rule is from, and when it was read there. */
  readonly source: string;
  readonly date: string;
  /** @param root whether the part is the whole schema */
  readonly breaks: (part: SchemaPart, root: boolean) => boolean;
}

const strict = 'OpenAI, strict mode';
const gemini = 'Gemini, function calling';
const copilot = 'Copilot Studio';
const openaiPage = 'platform.openai.com, Structured outputs, Supported schemas';
const copilotPage = 'learn.microsoft.com, microsoft-copilot-studio/mcp-troubleshooting';

const has =
  (...keywords: readonly string[]) =>
  (part: SchemaPart) =>
    keywords.some((keyword) => keyword in part);

/** Keywords that strict mode knows; `type`, `description` and the like are in every schema. */
const known = new Set([
  ...[
    'type',
    'description',
    'properties',
    'required',
    'additionalProperties',
    'items',
    'enum',
    'const',
    'anyOf',
  ],
  ...['pattern', 'multipleOf', 'minimum', 'maximum', 'minItems', 'maxItems'],
]);

/** The rules that every input keeps. That all members are required is not among them: hosts rewrite that themselves. */
export const schemaRules: readonly SchemaRule[] = [
  {
    host: 'MCP; OpenAI',
    rule: 'the root is an object, and no anyOf or oneOf stands there',
    source: openaiPage,
    date: '2026-02',
    breaks: (part, root) => root && (part.type !== 'object' || 'anyOf' in part || 'oneOf' in part),
  },
  {
    host: strict,
    rule: 'every object has additionalProperties: false',
    source: openaiPage,
    date: '2026-02',
    breaks: (part) => part.type === 'object' && part.additionalProperties !== false,
  },
  {
    host: strict,
    rule: 'no allOf, not, if, then, else, dependentRequired, dependentSchemas',
    source: openaiPage,
    date: '2026-02',
    breaks: has('allOf', 'not', 'if', 'then', 'else', 'dependentRequired', 'dependentSchemas'),
  },
  {
    host: strict,
    rule: 'no keyword but the supported ones: no default, minLength, maxLength, minProperties, propertyNames, oneOf',
    source: openaiPage,
    date: '2026-02',
    breaks: (part) => Object.keys(part).some((keyword) => !known.has(keyword)),
  },
  {
    host: strict,
    rule: 'no pattern that looks ahead or back',
    source: openaiPage,
    date: '2026-02',
    breaks: ({ pattern }) => typeof pattern === 'string' && /\(\?[=!<]/.test(pattern),
  },
  {
    host: gemini,
    rule: 'no exclusiveMinimum, exclusiveMaximum: "Unknown name"',
    source: 'github.com/modelcontextprotocol/servers, issue 1624; github.com/ahmadrosid/nakama, issue 292',
    date: '2025-04-29; 2026-08-17',
    breaks: has('exclusiveMinimum', 'exclusiveMaximum'),
  },
  {
    host: gemini,
    rule: 'no $schema, $ref, $defs',
    source: 'github.com/ahmadrosid/nakama, pull request 293',
    date: '2026-08-17',
    breaks: has('$schema', '$ref', '$defs', 'definitions'),
  },
  {
    host: gemini,
    rule: 'no const: "Unknown name"',
    source: 'github.com/zed-extensions/mcp-server-brave-search, issue 12',
    date: '2025-11-20',
    breaks: has('const'),
  },
  {
    host: gemini,
    rule: 'an enum lists texts only',
    source: 'github.com/anomalyco/opencode, issue 2687',
    date: '2025-09-19',
    breaks: (part) => Array.isArray(part.enum) && part.enum.some((word) => typeof word !== 'string'),
  },
  {
    host: gemini,
    rule: 'every array says what its items are',
    source: 'github.com/cline/cline, issue 7339',
    date: '2025-11-07',
    breaks: (part) => part.type === 'array' && part.items === undefined,
  },
  {
    host: copilot,
    rule: 'no exclusiveMinimum as a number: System.FormatException',
    source: copilotPage,
    date: '2026-11',
    breaks: has('exclusiveMinimum'),
  },
  {
    host: copilot,
    rule: 'no list of types: the schema is cut off there',
    source: copilotPage,
    date: '2026-11',
    breaks: ({ type }) => Array.isArray(type),
  },
  {
    host: copilot,
    rule: 'no $ref: the tool is not shown',
    source: copilotPage,
    date: '2026-11',
    breaks: has('$ref'),
  },
  {
    host: copilot,
    rule: 'no format date: values come as objects',
    source: 'community.powerplatform.com, thread c87bff3e-b6fd-f011-8406-000d3a1cc6ba',
    date: '2026-11',
    breaks: has('format'),
  },
];
