import type * as z from 'zod';
import type { Permission } from '../../access/permissions.ts';
import type { Principal } from '../../identity/principal.ts';
import type { KnowledgeSearch } from '../../knowledge/search.ts';
import type { Confidentiality, LabelsOf } from './labels.ts';

/** What models used for a call, and what it cost where there is a price list. */
export interface ModelSpending {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cost?: number | undefined;
  /** ISO 4217, of the cost. */
  readonly currency?: string | undefined;
}

/**
 * What a handler may use. Everything in it belongs to the caller's tenant; arguments never choose the tenant.
 * @typeParam Store the tenant's data, as the business opens them
 * @typeParam Policy what a deployment chose about the business
 */
export interface ToolCall<Store = unknown, Policy = unknown> {
  readonly principal: Principal;
  /** Under which the log has the caller's request; an expert's calls have it of the question. */
  readonly correlationId: string;
  readonly store: Store;
  readonly knowledge: KnowledgeSearch;
  /**
   * A token of this user for another service, for `scope` of that one's API, such as `https://graph.microsoft.com/User.Read`.
   * It belongs into requests to that service and nowhere else.
   * @throws Refused when the caller is no user, or this deployment cannot act for users; SignInAgain when the user has to
   * sign in again for it; Unavailable when the identity provider does not answer
   */
  readonly downstream?: (scope: string) => Promise<string>;
  /** The only source of the current time. */
  readonly now: () => Date;
  readonly policy: Policy;
  /** The user agreed to exactly this call; set by the confirmation step. */
  confirmed?: true;
  /** Above this a change needs a second person, in the unit of the business; undefined where none needs one. Set by the pipeline. */
  approveAbove?: number;
  /** The second person who approved exactly this call, as `tid:oid`; set by the pipeline. */
  approvedBy?: string;
  /** Aborts when the caller is gone or the call has run out of time. */
  readonly signal: AbortSignal;
  /**
   * Whether the caller wants the work ended, now that the signal has aborted: not when the caller is merely gone, the
   * time is over, or this process stops. Work that outlives the call asks before it goes on.
   */
  readonly calledOff?: () => Promise<boolean>;
  /** Told of a task that goes on after the call, by an expert's toolbox. */
  readonly goesOn?: (task: string) => void;
  /** Told of what models used for the call; set by the pipeline, whose record has the sum. */
  readonly spent?: (use: ModelSpending) => void;
  /** Whether {@link progress} reaches the caller; common clients wait longer then. */
  readonly hasProgress?: boolean;
  /** Tells the caller how far the work is: `progress` of `total`. Does nothing when nobody listens. */
  readonly progress: (progress: number, total: number, message: string) => void;
}

/** What a call is about that somebody asked for. */
export interface About {
  /** Who asked, as `tid:oid`. */
  readonly requestedBy: string;
  /** Under which the trail has the request. */
  readonly joins: string;
}

export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/**
 * A tool, as a business defines it.
 * @typeParam Store the tenant's data, as the business opens them
 * @typeParam Policy what a deployment chose about the business
 * @typeParam Records where the business's examples take their records from
 */
export interface ToolDefinition<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
  Store = unknown,
  Policy = unknown,
  Records = unknown,
> {
  readonly name: string;
  /**
   * What it was called before. Calls by these names still reach it, on record under its name; no list has them, and no
   * other tool may take them.
   */
  readonly formerNames?: readonly string[];
  readonly title: string;
  /** When to use the tool, what it returns, and what to call instead. */
  readonly description: string;
  readonly permission: Permission;
  /** What is being done while it works, for somebody who waits for an expert that called it, such as `Looking at the order`. */
  readonly progress?: string;
  /** The arguments of a call that works: documents show it, tests and measurements make it. */
  example?(records: Records): z.input<Input>;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: ToolAnnotations;
  /**
   * Of its results, in their `_meta.ifc`. A result is trusted when nobody outside of those who run the business can have
   * written into it, and public when it says nothing of anybody.
   */
  readonly labels: LabelsOf<z.output<Output>>;
  /**
   * What may stand in its arguments, by who gets to see them: `public` when somebody outside of the tenant does. When not
   * said, that is the one with an `openWorldHint`.
   */
  readonly maxAllowedConfidentiality?: Confidentiality;
  /** Longest time that one call may take, in milliseconds; {@link defaultTimeoutMs} when not said. */
  readonly timeoutMs?: number;
  /**
   * An expert may run it without the caller's agreement although it is not read-only, because it changes no record.
   * Whatever else is not read-only an expert can only propose.
   */
  readonly expertsMayRun?: true;
  /** Pages ask for it again and again while somebody looks on, so its calls leave no record; it reads what is the caller's own. */
  readonly isUnrecorded?: true;
  /**
   * What the user has to agree to before this call runs, in one sentence that says what would happen; undefined when
   * the call may run at once. A tool that has this takes a `confirmation_code` too.
   */
  confirmation?(
    input: z.output<Input>,
    call: ToolCall<Store, Policy>,
  ): Promise<string | undefined> | string | undefined;
  /**
   * Whether this call was carried out before under the same idempotency key: then nothing is asked, and the handler gives
   * the answer of that time.
   */
  isRepetition?(input: z.output<Input>, call: ToolCall<Store, Policy>): Promise<boolean>;
  /**
   * What a second person has to approve before this call runs, in one sentence that says what would happen; undefined when
   * it may run without one. Asked where the tenant has a limit. Such a tool takes an `idempotency_key`, and makes sure in
   * its transaction that what `approveAbove` says still holds, unless the call was approved.
   * @param above the limit, in the unit of the business
   */
  approval?(
    input: z.output<Input>,
    call: ToolCall<Store, Policy>,
    above: number,
  ): Promise<string | undefined> | string | undefined;
  /** Whose request the call is about, where its permission needs another person; undefined when it is about none. */
  about?(input: z.output<Input>, call: ToolCall<Store, Policy>): Promise<About | undefined>;
  handler(input: z.output<Input>, call: ToolCall<Store, Policy>): Promise<z.input<Output>>;
  /** The result in one or two plain sentences, for people and for clients without structured results. */
  summary(result: z.output<Output>): string;
}

/** Business tools answer in a moment; one that has not by then is given up. */
export const defaultTimeoutMs = 30_000;

/** Keeps the types of one definition together; adds nothing at run time. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject, Store, Policy, Records>(
  definition: ToolDefinition<Input, Output, Store, Policy, Records>,
): ToolDefinition<Input, Output, Store, Policy, Records> {
  return definition;
}

/** A definition whose schemas are known only at run time, as the registry holds it. */
// biome-ignore lint/suspicious/noExplicitAny: the handler's input is checked against its own schema before every call
export type AnyTool = ToolDefinition<any, any, any, any, any>;

/** Reads only. */
export const readOnly: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Ends or decides something for good; again it changes nothing more. */
export const endsForGood: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: false,
};

/** How confidential what is written into the tool's arguments may be. */
export function mostConfidentialOf({
  annotations,
  maxAllowedConfidentiality,
}: Pick<AnyTool, 'annotations' | 'maxAllowedConfidentiality'>): Confidentiality {
  return maxAllowedConfidentiality ?? (annotations.openWorldHint ? 'public' : 'private');
}

/** All names by which a tool can be called, the present one first. */
export function namesOf({
  name,
  formerNames = [],
}: Pick<AnyTool, 'name' | 'formerNames'>): readonly string[] {
  return [name, ...formerNames];
}
