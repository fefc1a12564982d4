import * as z from 'zod';

type Part = Record<string, unknown>;

/** Bounds that hosts refuse, see `docs/tools.md`; they hold all the same when a call's arguments are checked. */
const refusedByHosts = ['minLength', 'maxLength', 'minProperties', 'propertyNames', '$schema'];

/**
 * What a tool takes, as JSON Schema in the words that every host takes. Hosts send it on to language models as it is,
 * and models are refused whole lists of tools for one keyword that they do not know. A default is told in words.
 */
export function inputSchema(schema: z.ZodObject): z.core.JSONSchema.BaseSchema {
  return jsonSchema(schema, 'input', plain);
}

/** What a tool gives. Where a format says it all, the long pattern that says it again is left out. */
export function outputSchema(schema: z.ZodObject): z.core.JSONSchema.BaseSchema {
  return jsonSchema(schema, 'output', (part) => {
    if (part.format !== undefined) {
      delete part.pattern;
    }
  });
}

function jsonSchema(schema: z.ZodObject, io: 'input' | 'output', tidy: (part: Part) => void) {
  const whole = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    override: ({ jsonSchema: part }) => tidy(part as Part),
  });
  delete whole.$schema;
  return whole;
}

function plain(part: Part): void {
  for (const keyword of refusedByHosts) {
    delete part[keyword];
  }
  if (part.format !== undefined) {
    // The description says how a date is written.
    delete part.format;
    delete part.pattern;
  }
  if (part.default !== undefined) {
    const told = `Default: ${String(part.default)}.`;
    part.description = part.description === undefined ? told : `${String(part.description)} ${told}`;
    delete part.default;
  }
}
