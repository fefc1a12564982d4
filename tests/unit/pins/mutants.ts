import * as z from 'zod';
import type { AnyPrompt } from '#platform/mcp/definitions/prompt';
import type { AnyFamily } from '#platform/mcp/definitions/resource';
import { type AnyTool, defaultTimeoutMs } from '#platform/mcp/definitions/tool';

/** The same thing with one field changed, and which. */
export interface Mutant<Thing> {
  readonly what: string;
  readonly thing: Thing;
}

/** How each field of a definition is changed; a field that is not here has to be added, or named below. */
type Changes<Thing> = { readonly [Field in keyof Thing]?: (thing: Thing) => readonly Mutant<Thing>[] };

const other = (text: string) => `${text} Otherwise.`;

function one<Thing>(what: string, thing: Thing, change: Partial<Thing>): readonly Mutant<Thing>[] {
  return [{ what, thing: { ...thing, ...change } }];
}

const toolChanges: Changes<AnyTool> = {
  formerNames: (tool) => one('formerNames', tool, { formerNames: [] }),
  title: (tool) => one('title', tool, { title: other(tool.title) }),
  description: (tool) => one('description', tool, { description: other(tool.description) }),
  permission: (tool) =>
    one('permission', tool, {
      permission: tool.permission === 'catalog.read' ? 'knowledge.read' : 'catalog.read',
    }),
  progress: (tool) => one('progress', tool, { progress: other(tool.progress ?? '') }),
  timeoutMs: (tool) => one('timeoutMs', tool, { timeoutMs: (tool.timeoutMs ?? defaultTimeoutMs) + 1 }),
  expertsMayRun: (tool) => {
    const { expertsMayRun: _may, ...rest } = tool;
    return [{ what: 'expertsMayRun', thing: rest }];
  },
  confirmation: (tool) => {
    const { confirmation: _asks, ...rest } = tool;
    return [{ what: 'confirmation', thing: rest }];
  },
  annotations: (tool) =>
    (Object.keys(tool.annotations) as (keyof AnyTool['annotations'])[]).flatMap((hint) =>
      one(`annotations.${hint}`, tool, {
        annotations: { ...tool.annotations, [hint]: !tool.annotations[hint] },
      }),
    ),
  input: (tool) =>
    schemaMutants(tool.input, 'input').map(({ what, thing }) => ({ what, thing: { ...tool, input: thing } })),
  output: (tool) =>
    schemaMutants(tool.output, 'output').map(({ what, thing }) => ({
      what,
      thing: { ...tool, output: thing },
    })),
};

/** What a definition does, which its tests hold; the example call, which they make; and a tool's name, which has a test of its own. */
const notPinned = new Set([
  'name',
  'handler',
  'summary',
  'isRepetition',
  'example',
  'completions',
  'list',
  'read',
  'text',
]);

const promptChanges: Changes<AnyPrompt> = {
  name: (prompt) => one('name', prompt, { name: `${prompt.name}_2` }),
  title: (prompt) => one('title', prompt, { title: other(prompt.title) }),
  description: (prompt) => one('description', prompt, { description: other(prompt.description) }),
  permission: (prompt) => one('permission', prompt, { permission: 'catalog.read' }),
  input: (prompt) =>
    promptInputMutants(prompt.input).map(({ what, thing }) => ({ what, thing: { ...prompt, input: thing } })),
  example: (prompt) => one('example', prompt, { example: { customer_id: 99 } }),
  completions: (prompt) => one('completions', prompt, { completions: {} }),
  text: (prompt) => one('text', prompt, { text: (input) => other(prompt.text(input)) }),
};

const familyChanges: Changes<AnyFamily> = {
  name: (family) => one('name', family, { name: `${family.name}2` }),
  title: (family) => one('title', family, { title: other(family.title) }),
  description: (family) => one('description', family, { description: other(family.description) }),
  scheme: (family) => one('scheme', family, { scheme: `${family.scheme}2` }),
  variable: (family) => one('variable', family, { variable: `${family.variable}2` }),
  mimeType: (family) => one('mimeType', family, { mimeType: 'text/plain' }),
  permission: (family) => one('permission', family, { permission: 'catalog.read' }),
  list: (family) =>
    one('list', family, {
      list: async (call) =>
        (await family.list(call)).map((entry) => ({ ...entry, description: other(entry.description) })),
    }),
};

export const mutantsOfTool = (tool: AnyTool) => mutantsOf(tool, toolChanges);
export const mutantsOfPrompt = (prompt: AnyPrompt) => mutantsOf(prompt, promptChanges);
export const mutantsOfFamily = (family: AnyFamily) => mutantsOf(family, familyChanges);

/** @throws Error at a field for which nobody has said how it is changed */
function mutantsOf<Thing extends object>(thing: Thing, changes: Changes<Thing>): readonly Mutant<Thing>[] {
  return (Object.keys(thing) as (keyof Thing & string)[]).flatMap((field) => {
    const change = changes[field];
    if (change !== undefined) {
      return change(thing);
    }
    if (notPinned.has(field)) {
      return [];
    }
    throw new Error(
      `Say in tests/unit/pins/mutants.ts how the field ${field} is changed, or that it is not pinned.`,
    );
  });
}

function promptInputMutants(input: z.ZodObject): readonly Mutant<z.ZodObject>[] {
  return Object.entries(input.shape as Record<string, z.ZodType>).flatMap(([name, field]) => [
    { what: `input.${name} described`, thing: input.safeExtend({ [name]: field.describe('Otherwise.') }) },
    { what: `input.${name} optional or not`, thing: input.safeExtend({ [name]: toggled(field) }) },
  ]);
}

/** The schema with one thing changed, for each field in it and in the objects and lists that it holds. */
function schemaMutants(schema: z.ZodObject, where: string): readonly Mutant<z.ZodObject>[] {
  const shape = schema.shape as Record<string, z.ZodType>;
  const rebuild = (fields: Record<string, z.ZodType>) => rebuilt(schema, fields);
  return [
    { what: `${where} with another field`, thing: rebuild({ ...shape, another_field: z.string() }) },
    ...Object.entries(shape).flatMap(([name, field]) => {
      const { [name]: _gone, ...rest } = shape;
      const place = `${where}.${name}`;
      const replaced = (what: string, by: z.ZodType) => ({ what, thing: rebuild({ ...shape, [name]: by }) });
      return [
        { what: `${place} gone`, thing: rebuild(rest) },
        replaced(`${place} described`, field.describe('Otherwise.')),
        replaced(`${place} of another type`, z.literal(['a word', 'another'])),
        replaced(`${place} optional or not`, toggled(field)),
        ...within(field, place).map(({ what, thing }) => replaced(what, thing)),
      ];
    }),
  ];
}

function rebuilt(schema: z.ZodObject, fields: Record<string, z.ZodType>): z.ZodObject {
  const { catchall } = schema.def;
  return catchall === undefined ? z.object(fields) : z.object(fields).catchall(catchall);
}

/** What may be left out is needed, and the other way round. */
function toggled(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) {
    return field.unwrap() as z.ZodType;
  }
  return field.optional();
}

function within(field: z.ZodType, where: string): readonly Mutant<z.ZodType>[] {
  const wrapped = (inner: z.ZodType, wrap: (changed: z.ZodType) => z.ZodType) =>
    within(inner, where).map(({ what, thing }) => ({
      what,
      thing: wrap(thing).describe(field.description ?? ''),
    }));
  if (field instanceof z.ZodObject) {
    return schemaMutants(field, where).map(({ what, thing }) => ({
      what,
      thing: field.description === undefined ? thing : thing.describe(field.description),
    }));
  }
  if (field instanceof z.ZodArray) {
    return wrapped(field.element as z.ZodType, (changed) => z.array(changed));
  }
  if (field instanceof z.ZodNullable) {
    return wrapped(field.unwrap() as z.ZodType, (changed) => changed.nullable());
  }
  if (field instanceof z.ZodOptional) {
    return wrapped(field.unwrap() as z.ZodType, (changed) => changed.optional());
  }
  return [];
}
