import {
  type GetPromptResult,
  type Prompt,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { visible } from '../../format-controls.ts';
import type { AnyPrompt, ArgumentCompletion } from '../definitions/prompt.ts';
import { found } from '../found.ts';
import type { OperationRequest, RunOperation } from '../operation-request.ts';
import type { Operation } from '../pipeline/operation.ts';
import type { ArgumentInput, PromptSurface } from './surface.ts';

/** Serves prompts; what never changes is computed here, once. */
export function promptCatalog(prompts: readonly AnyPrompt[], run: RunOperation): PromptSurface {
  const served = prompts.map((prompt) => ({ prompt, wire: toWire(prompt) }));
  const byName = new Map(prompts.map((prompt) => [prompt.name, prompt]));
  const find = (name: string): AnyPrompt => byName.get(name) ?? unknownPrompt();
  return {
    list: ({ principal }: OperationRequest) =>
      served.filter(({ prompt }) => principal.permissions.has(prompt.permission)).map(({ wire }) => wire),
    get: async (name, args, request) => {
      const prompt = find(name);
      return found(await run(promptOperation(prompt), { ...request, arguments: args }));
    },
    complete: async (name, argument, request) => {
      const prompt = find(name);
      const completion = prompt.completions[argument.name];
      const { permissions } = request.principal;
      if (completion === undefined || !permissions.has(completion.permission)) {
        return [];
      }
      return found(await run(completionOperation(prompt, completion, argument), request));
    },
    permissionFor: (name) => byName.get(name)?.permission,
  };
}

function promptOperation(prompt: AnyPrompt): Operation<GetPromptResult> {
  const { name, title, permission, input } = prompt;
  const run = async (args: Readonly<Record<string, unknown>>) => toMessages(prompt, prompt.text(args));
  return { kind: 'prompt', name, title, permission, input, effects: 'reads', run };
}

/** Asked at every key that a user types. */
function completionOperation(
  { name, title, permission }: AnyPrompt,
  completion: ArgumentCompletion,
  { typed, others }: ArgumentInput,
): Operation<readonly string[]> {
  return {
    kind: 'prompt',
    name,
    title,
    permission,
    input: noInput,
    effects: 'reads',
    isUnrecorded: true,
    run: (_none, call) => completion.propose(typed, others, call),
  };
}

const noInput = z.object({});

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
