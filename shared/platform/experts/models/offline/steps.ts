import type * as z from 'zod';
import type { ToolDefinition } from '#platform/mcp/definitions/tool';
import type { ShownOutcome } from '../../tool-data.ts';

/** A tool call that a playbook needs, and how its result is read. */
export interface Ask<Result> {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  read(data: unknown): Result;
}

/**
 * A playbook: it yields the calls whose results it needs next and gets their outcomes. It is run from its start at
 * every turn over what is known by then, so it must do the same for the same outcomes.
 */
export type Steps<Result> = Generator<readonly Ask<unknown>[], Result, readonly ShownOutcome[]>;

/** A tool answered with an error; the message is for the person who asked. */
export class ToolProblem extends Error {
  override readonly name = 'ToolProblem';
}

/** A tool is needed that this caller's expert does not have. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
  readonly tool: string;

  constructor(tool: string) {
    super(`The tool ${tool} is not available.`);
    this.tool = tool;
  }
}

/** The person has to say something first. */
export class NeedsInput extends Error {
  override readonly name = 'NeedsInput';
  readonly followUp: string;

  constructor(answer: string, followUp: string) {
    super(answer);
    this.followUp = followUp;
  }
}

/** Neither the question nor what was said before names whom it is about. */
export class NobodyNamed extends NeedsInput {}

/** A call of one of the product's own tools; its result has the type that the tool declares. */
export function ask<Input extends z.ZodObject, Output extends z.ZodObject>(
  { name, output }: ToolDefinition<Input, Output>,
  args: z.input<Input>,
): Ask<z.output<Output>> {
  return { name, args, read: (data) => output.parse(data) };
}

type Results<Asks extends readonly Ask<unknown>[]> = {
  -readonly [Place in keyof Asks]: Asks[Place] extends Ask<infer Result> ? Result : never;
};

/**
 * The results of several calls, which are made at the same time.
 * @throws ToolProblem at the first one that failed; NotAllowed when the expert lacks a tool
 */
export function* all<const Asks extends readonly Ask<unknown>[]>(...asks: Asks): Steps<Results<Asks>> {
  const outcomes = yield asks;
  return asks.map((one, place) => readOutcome(one, outcomes[place])) as Results<Asks>;
}

/** The result of one call. @throws as {@link all} */
export function* one<Result>(call: Ask<Result>): Steps<Result> {
  const outcomes = yield [call];
  return readOutcome(call, outcomes[0]);
}

/** The outcome of a call that may fail or may need the person's agreement. @throws NotAllowed */
export function* attempt(call: Ask<unknown>): Steps<ShownOutcome> {
  const outcomes = yield [call];
  return outcomes[0] ?? missing(call);
}

function readOutcome<Result>(call: Ask<Result>, outcome: ShownOutcome | undefined): Result {
  if (outcome === undefined) {
    return missing(call);
  }
  if (outcome.outcome !== 'ok') {
    throw new ToolProblem(outcome.message);
  }
  return call.read(outcome.data);
}

function missing(call: Ask<unknown>): never {
  throw new Error(`The outcome of ${call.name} is missing.`);
}
