import type * as z from 'zod';
import { type Offer, partOf } from '../../access/offer.ts';
import type { Permission } from '../../access/permissions.ts';
import type { ToolCall } from './tool.ts';

/** Proposes values for one argument of a prompt. */
export interface ArgumentCompletion<Store = unknown> {
  /** What the proposals show; a caller without it gets none. */
  readonly permission: Permission;
  /**
   * @param typed what the user has typed so far, perhaps nothing
   * @param others the prompt's other arguments, as far as they are filled in
   */
  propose(
    typed: string,
    others: Readonly<Record<string, string>>,
    call: ToolCall<Store>,
  ): Promise<readonly string[]>;
}

export interface PromptDefinition<Input extends z.ZodObject = z.ZodObject, Store = unknown> {
  readonly name: string;
  readonly title: string;
  /** What the user gets by picking the prompt. */
  readonly description: string;
  /** What the tool that the prompt is about needs: without it the prompt leads nowhere. */
  readonly permission: Permission;
  /** The arguments; their descriptions are shown to the user. */
  readonly input: Input;
  /** Arguments that work: documents and tests show the text that they give. */
  readonly example?: z.input<Input>;
  readonly completions: { readonly [Name in keyof z.output<Input>]?: ArgumentCompletion<Store> };
  /** What the user says to the model: which tools to use, in which order, and what to answer. */
  text(input: z.output<Input>): string;
}

/** Keeps the types of one definition together; adds nothing at run time. */
export function definePrompt<Input extends z.ZodObject, Store>(
  definition: PromptDefinition<Input, Store>,
): PromptDefinition<Input, Store> {
  return definition;
}

/** A definition whose schema is known only at run time. */
// biome-ignore lint/suspicious/noExplicitAny: the arguments are checked against the prompt's own schema before every use
export type AnyPrompt = PromptDefinition<any, any>;

/** What a prompt that is offered proposes, by the name of the argument. */
export function completionsOf(prompt: Offer<AnyPrompt>): ReadonlyMap<string, Offer<ArgumentCompletion>> {
  const { completions } = prompt.thing as PromptDefinition;
  const found = Object.entries<ArgumentCompletion | undefined>(completions);
  return new Map(
    found.flatMap(([argument, one]) => (one === undefined ? [] : [[argument, partOf(prompt, one)]])),
  );
}
