import {
  type GetPromptResult,
  type Prompt,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import * as z from 'zod';
import { exposureOf, openTo, viewerAt } from '../../access/exposure.ts';
import type { Offer } from '../../access/offer.ts';
import { visible } from '../../format-controls.ts';
import { type Labels, metaWith } from '../definitions/labels.ts';
import { type AnyPrompt, type ArgumentCompletion, completionsOf } from '../definitions/prompt.ts';
import { found } from '../found.ts';
import type { OperationRequest, RunOperation } from '../operation-request.ts';
import type { Operation } from '../pipeline/operation.ts';
import type { ArgumentInput, PromptSurface } from './surface.ts';

/** Serves prompts; what never changes is computed once, and no sooner than it is needed. */
export function promptCatalog(prompts: readonly Offer<AnyPrompt>[], run: RunOperation): PromptSurface {
  const served = prompts.map(servedPrompt);
  const byName = new Map(served.map((offer) => [offer.thing.name, offer]));
  const find = (name: string) => byName.get(name) ?? unknownPrompt();
  return {
    list: ({ principal, endpoint }: OperationRequest) =>
      openTo(served, viewerAt(endpoint, principal)).map(({ wire }) => wire),
    get: async (name, args, request) => {
      return found(await run(promptOperation(find(name)), { ...request, arguments: args }));
    },
    complete: async (name, argument, request) => {
      const { thing, completions } = find(name);
      const completion = completions.get(argument.name);
      const viewer = viewerAt(request.endpoint, request.principal);
      if (completion === undefined || exposureOf(completion, viewer) !== 'open') {
        return [];
      }
      return found(await run(completionOperation(thing, completion, argument), request));
    },
    offerOf: (name) => byName.get(name),
  };
}

function servedPrompt(offer: Offer<AnyPrompt>) {
  let wire: Prompt | undefined;
  return {
    ...offer,
    completions: completionsOf(offer),
    /** As `prompts/list` sends it. */
    get wire() {
      wire ??= toWire(offer.thing);
      return wire;
    },
  };
}

function promptOperation(offer: Offer<AnyPrompt>): Operation<GetPromptResult> {
  const { thing: prompt } = offer;
  const { name, title, input } = prompt;
  const run = async (args: Readonly<Record<string, unknown>>) => toMessages(prompt, prompt.text(args));
  return { kind: 'prompt', name, title, offer, input, effects: 'reads', run };
}

/** Asked at every key that a user types. */
function completionOperation(
  { name, title }: AnyPrompt,
  offer: Offer<ArgumentCompletion>,
  { typed, others }: ArgumentInput,
): Operation<readonly string[]> {
  return {
    kind: 'prompt',
    name,
    title,
    offer,
    input: noInput,
    effects: 'reads',
    isUnrecorded: true,
    run: (_none, call) => offer.thing.propose(typed, others, call),
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

/** The text is of this service; what its user filled in may be of anybody. */
const writtenHere: Labels = { integrity: 'trusted', confidentiality: 'private' };

function toMessages({ description }: AnyPrompt, text: string): GetPromptResult {
  return {
    description,
    messages: [{ role: 'user', content: { type: 'text', text: visible(text) } }],
    _meta: metaWith(writtenHere),
  };
}

function unknownPrompt(): never {
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    'Unknown prompt: call prompts/list to see the prompts that you may use.',
  );
}
