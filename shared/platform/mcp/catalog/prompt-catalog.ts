import {
  type GetPromptResult,
  type Prompt,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { visible } from '../../format-controls.ts';
import type { AnyPrompt } from '../definitions/prompt.ts';
import type { Reads } from './reads.ts';
import type { CatalogRequest, PromptSurface } from './surface.ts';

/** Serves prompts; what never changes is computed here, once. */
export function promptCatalog(prompts: readonly AnyPrompt[], { onRecord, offRecord }: Reads): PromptSurface {
  const served = prompts.map((prompt) => ({ prompt, wire: toWire(prompt) }));
  const byName = new Map(prompts.map((prompt) => [prompt.name, prompt]));
  const find = (name: string): AnyPrompt => byName.get(name) ?? unknownPrompt();
  return {
    list: ({ principal }: CatalogRequest) =>
      served.filter(({ prompt }) => principal.permissions.has(prompt.permission)).map(({ wire }) => wire),
    get: async (name, args, request) => {
      const prompt = find(name);
      const answer = async (input: Readonly<Record<string, unknown>>) =>
        toMessages(prompt, prompt.text(input));
      return onRecord({ ...recordOf(prompt), input: prompt.input, arguments: args, answer }, request);
    },
    complete: async (name, { name: argument, typed, others }, request) => {
      const prompt = find(name);
      const completion = prompt.completions[argument];
      const { permissions } = request.principal;
      if (completion === undefined || !permissions.has(completion.permission)) {
        return [];
      }
      return offRecord(
        { ...recordOf(prompt), answer: (_input, call) => completion.propose(typed, others, call) },
        request,
      );
    },
    permissionFor: (name) => byName.get(name)?.permission,
  };
}

const recordOf = ({ name, permission }: AnyPrompt) => ({ name: `prompt:${name}`, permission });

function toWire({ name, title, description, input }: AnyPrompt): Prompt {
  const { properties = {}, required = [] } = z.toJSONSchema(input, { io: 'input' });
  return {
    name,
    title,
    description,
    arguments: Object.entries(properties).map(([argument, schema]) => ({
      name: argument,
      description: (schema as { description?: string }).description ?? '',
      required: required.includes(argument),
    })),
  };
}

function toMessages({ description }: AnyPrompt, text: string): GetPromptResult {
  return { description, messages: [{ role: 'user', content: { type: 'text', text: visible(text) } }] };
}

function unknownPrompt(): never {
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    'Unknown prompt: call prompts/list to see the prompts that you may use.',
  );
}
