import type { AnyPrompt } from '#platform/mcp/definitions/prompt';
import type { AnyFamily } from '#platform/mcp/definitions/resource';
import { type AnyTool, defaultTimeoutMs, mostConfidentialOf } from '#platform/mcp/definitions/tool';

import { type Mutant, one, promptInputMutants, schemaMutants } from './schema-mutants.ts';

/** How each field of a definition is changed; a field that is not here has to be added, or named below. */
type Changes<Thing> = { readonly [Field in keyof Thing]?: (thing: Thing) => readonly Mutant<Thing>[] };

const other = (text: string) => `${text} Otherwise.`;

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
  labels: (tool) =>
    [
      ...one('labels.integrity', tool, {
        labels: { integrity: 'trusted', confidentiality: 'private' },
      }),
      ...one('labels.confidentiality', tool, {
        labels: { integrity: 'untrusted', confidentiality: 'public' },
      }),
    ].filter(({ thing }) => JSON.stringify(thing.labels) !== JSON.stringify(tool.labels)),
  maxAllowedConfidentiality: (tool) =>
    one('maxAllowedConfidentiality', tool, {
      maxAllowedConfidentiality: mostConfidentialOf(tool) === 'public' ? 'private' : 'public',
    }),
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
  // who has to decide is said to the caller when it matters, and decided by records
  'approval',
  'about',
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
