import { randomUUID } from 'node:crypto';
import { ConfirmationRequired, Refused } from '../../errors.ts';
import { type CodeBinding, checkCode, codeMinutes, mintCode } from './confirmation-code.ts';
import type { ArgumentDigest } from './digest.ts';
import type { Invocation, Middleware, Said } from './invocation.ts';

export interface ConfirmOptions {
  readonly key: string;
  readonly digest: ArgumentDigest;
  readonly now: () => Date;
  /** True for the first to use this id, on any instance. */
  readonly useOnce: (invocation: Invocation, id: string) => Promise<boolean>;
}

const noAgreement = 'The user did not agree, so nothing was done.';
const notUsable = `The confirmation_code does not belong to this call, was used, or is older than ${codeMinutes} minutes; call again without it to get a new one.`;

/**
 * Calls that ask for confirmation run only after the user agreed to exactly these arguments: a client that can ask its
 * user is asked to; any other client gets a code to pass back. An expert gets neither: what it may propose, a person
 * has to confirm.
 */
export function confirm(options: ConfirmOptions): Middleware {
  return async (invocation, next) => {
    const { tool, by, dialogue } = invocation;
    if (by === 'caller') {
      if (await tool.definition.isRepetition?.(invocation.input, invocation.call)) {
        return next();
      }
      // A tool that asks for no agreement may carry a state of its own from round to round.
      if (dialogue.answer !== undefined && tool.definition.confirmation !== undefined) {
        const { answer } = dialogue;
        await redeemAnswer(invocation, answer, options);
        if (answer.said !== 'yes') {
          return notAgreed(invocation, answer.said, options);
        }
        invocation.call.confirmed = true;
        return next();
      }
      if (invocation.confirmationCode !== undefined) {
        await redeemCode(invocation, invocation.confirmationCode, options);
        invocation.call.confirmed = true;
        return next();
      }
    }
    const question = await questionFor(invocation);
    if (question === undefined) {
      return next();
    }
    if (by === 'expert') {
      throw new ConfirmationRequired(question);
    }
    if (dialogue.ask !== undefined) {
      invocation.outcome = 'confirmation_required';
      const { name } = tool.definition;
      return dialogue.ask(question, {
        tool: name,
        digest: digestOf(invocation, options),
        id: randomUUID(),
        at: options.now().getTime(),
        origin: invocation.correlationId,
      });
    }
    return giveCode(invocation, question, options);
  };
}

/** Nothing is done. A client that did not ask its user gets what clients get that cannot. */
async function notAgreed(
  invocation: Invocation,
  said: Exclude<Said, 'yes'>,
  options: ConfirmOptions,
): Promise<never> {
  const question = said === 'nothing' ? await questionFor(invocation) : undefined;
  // What needs no agreement by now was asked about all the same, and nobody agreed.
  if (question === undefined) {
    throw new Refused(noAgreement);
  }
  return giveCode(invocation, `${question} The client did not answer the question for the user.`, options);
}

/** Lets the user agree by way of the model: for clients that cannot ask, and for those that say they can and do not. */
function giveCode(invocation: Invocation, question: string, options: ConfirmOptions): never {
  const code = mintCode(options.key, bindingOf(invocation, options), options.now());
  throw new ConfirmationRequired(
    `${question} Nothing was done yet. If the user agrees, repeat the call with confirmation_code "${code}" within ${codeMinutes} minutes.`,
  );
}

/** What the user has to agree to; undefined when nothing. Whatever an expert would change needs agreement. */
async function questionFor({
  tool: { definition },
  input,
  call,
  by,
}: Invocation): Promise<string | undefined> {
  const question = await definition.confirmation?.(input, call);
  if (question !== undefined) {
    return question;
  }
  const isFree = definition.annotations.readOnlyHint || definition.expertsMayRun === true;
  return by === 'expert' && !isFree ? `This would run: ${definition.title}.` : undefined;
}

async function redeemAnswer(
  invocation: Invocation,
  { state }: NonNullable<Invocation['dialogue']['answer']>,
  options: ConfirmOptions,
): Promise<void> {
  if (state.tool !== invocation.tool.definition.name || state.digest !== digestOf(invocation, options)) {
    throw new Refused('The confirmation belongs to another call; call again without it.');
  }
  invocation.joins = state.origin;
  if (!(await options.useOnce(invocation, state.id))) {
    throw new Refused('The confirmation was used already; call again without it.');
  }
}

async function redeemCode(invocation: Invocation, code: string, options: ConfirmOptions): Promise<void> {
  const genuine = checkCode(options.key, bindingOf(invocation, options), code, options.now());
  if (!genuine || !(await options.useOnce(invocation, code))) {
    throw new Refused(notUsable);
  }
}

function bindingOf(invocation: Invocation, options: ConfirmOptions): CodeBinding {
  const { tenant, user } = invocation.call.principal;
  const { name } = invocation.tool.definition;
  return { tenant, user, tool: name, digest: digestOf(invocation, options) };
}

function digestOf({ call, tool, input }: Invocation, { digest }: ConfirmOptions): string {
  return digest(call.principal.tenant, tool.definition.name, input);
}
