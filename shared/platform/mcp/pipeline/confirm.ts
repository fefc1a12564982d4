import { randomUUID } from 'node:crypto';
import { isPerson } from '../../access/exposure.ts';
import { ConfirmationRequired, Refused } from '../../errors.ts';
import { forPeople } from './access.ts';
import type { Answer } from './answer.ts';
import type { Next, Step } from './compose.ts';
import { type CodeBinding, codeMinutes, mintCode, originOfCode } from './confirmation-code.ts';
import type { ArgumentDigest } from './digest.ts';
import type { ConfirmationState, Invocation, Said } from './invocation.ts';
import { subjectOf } from './operation.ts';

/** A secret of the deployment, and the digests that are made with it. */
export interface ConfirmationKey {
  readonly key: string;
  readonly digest: ArgumentDigest;
}

export interface ConfirmOptions {
  /** The first one makes, each one is accepted. */
  readonly keys: readonly [current: ConfirmationKey, ...earlier: ConfirmationKey[]];
  readonly now: () => Date;
  /** True for the first to use this id, on any instance. */
  readonly useNonce: (invocation: Invocation, id: string) => Promise<boolean>;
}

/** What the caller reads after a no. */
export const noAgreement = 'The user did not agree, so nothing was done.';
/** What the second one reads who brings the same agreement. */
export const usedAlready = 'The confirmation was used already; call again without it.';
const notUsable = `The confirmation_code does not belong to this call, was used, or is older than ${codeMinutes} minutes; call again without it to get a new one.`;

/**
 * Calls that ask for confirmation run only after the user agreed to exactly these arguments: a client that can ask
 * its user is asked to; any other client gets a code to pass back. An expert gets no code, which a model could pass back
 * by itself: it can only propose the call, until its caller's client has asked the person. A caller that is no person is
 * neither asked nor given a code.
 */
export function confirmWith(options: ConfirmOptions): Step {
  async function agreedTo<Result>(
    invocation: Invocation<Result>,
    next: Next<Result>,
  ): Promise<Answer<Result>> {
    if (await isAgreed(invocation, options)) {
      return await next();
    }
    const question = await questionFor(invocation);
    if (question === undefined) {
      return await next();
    }
    const { dialogue } = invocation;
    if (invocation.by === 'caller') {
      requirePerson(invocation);
    }
    if (dialogue.ask !== undefined && isPerson(invocation.call.principal)) {
      const asked =
        invocation.by === 'expert'
          ? proposed(question, invocation.operation.name, invocation.input, invocation.wish)
          : question;
      return { kind: 'asks', question: await dialogue.ask(asked, stateOf(invocation, options)) };
    }
    return giveCode(invocation, question, options);
  }
  return function confirm(invocation, next) {
    return asksNothing(invocation) ? next() : agreedTo(invocation, next);
  };
}

/** A caller's own call of what needs no agreement, with none. */
function asksNothing({ operation, call, dialogue, confirmationCode, by }: Invocation): boolean {
  const isAnswered =
    call.approvedBy !== undefined || dialogue.answer !== undefined || confirmationCode !== undefined;
  return by === 'caller' && operation.confirmation === undefined && !isAnswered;
}

/**
 * Whether the call may run without asking: the user agreed, or it was carried out before.
 * @throws Refused when the user did not agree, or the agreement is for something else
 */
async function isAgreed(invocation: Invocation, options: ConfirmOptions): Promise<boolean> {
  const { operation, input, call, dialogue, confirmationCode, by } = invocation;
  // It waited for a second person, after its user had agreed.
  if (call.approvedBy !== undefined) {
    call.confirmed = true;
    return true;
  }
  if (await operation.confirmation?.isRepetition?.(input, call)) {
    return true;
  }
  // An operation that asks for no agreement may carry a state of its own from round to round.
  if (dialogue.answer !== undefined && (operation.confirmation !== undefined || by === 'expert')) {
    const { answer } = dialogue;
    requirePerson(invocation);
    await redeemAnswer(invocation, answer, options);
    if (answer.said !== 'yes') {
      return notAgreed(invocation, answer.said, options);
    }
  } else if (confirmationCode !== undefined && by === 'caller') {
    requirePerson(invocation);
    await redeemCode(invocation, confirmationCode, options);
  } else {
    // the answer is about something that this call does, such as what an expert proposed before
    invocation.joins ??= dialogue.answer?.state.origin;
    return false;
  }
  call.confirmed = true;
  return true;
}

/** @throws Refused when it is a program that would agree: there is nobody behind it to ask, or it would answer for them */
function requirePerson({ call: { principal } }: Invocation): void {
  if (!isPerson(principal)) {
    throw new Refused(`This needs the agreement of a person. ${forPeople(principal)} Nothing was done.`);
  }
}

/** Nothing is done. A client that did not ask its user is treated like one that cannot. */
async function notAgreed(
  invocation: Invocation,
  said: Exclude<Said, 'yes'>,
  options: ConfirmOptions,
): Promise<never> {
  const question = said === 'nothing' ? await questionFor(invocation) : undefined;
  // The call needs no agreement any more, but it was asked about and nobody agreed.
  if (question === undefined) {
    throw new Refused(noAgreement);
  }
  return giveCode(invocation, `${question} The client did not answer the question for the user.`, options);
}

/** Lets the user agree by way of the model: for clients that cannot ask, and for those that say they can and do not. */
function giveCode(invocation: Invocation, question: string, options: ConfirmOptions): never {
  if (invocation.by === 'expert') {
    throw new ConfirmationRequired(question);
  }
  const [current] = options.keys;
  const code = mintCode(current.key, bindingOf(invocation, current), originOf(invocation), options.now());
  throw new ConfirmationRequired(
    `${question} Nothing was done yet. If the user agrees, repeat the call with confirmation_code "${code}" within ${codeMinutes} minutes.`,
  );
}

/** What the user has to agree to; undefined when nothing. Whatever an expert would change needs agreement. */
async function questionFor({ operation, input, call, by }: Invocation): Promise<string | undefined> {
  const question = await operation.confirmation?.question(input, call);
  if (question !== undefined) {
    return question;
  }
  return by === 'expert' && operation.effects === 'writes'
    ? `This would run: ${operation.title}.`
    : undefined;
}

/** Most characters of one value that a person is asked to agree to; nobody reads more. */
const longestValue = 200;

/** What an expert proposes, with the call as it will be made. @param wish where the wish for it comes from */
export function proposed(
  question: string,
  tool: string,
  input: Readonly<Record<string, unknown>>,
  wish?: string,
): string {
  const values = Object.entries(input)
    .filter(([name]) => name !== 'idempotency_key')
    .map(([name, value]) => `${name} ${clip(JSON.stringify(value))}`);
  const proposal = `${question} An expert proposes ${tool} with ${values.join(', ')}.`;
  return wish === undefined ? proposal : `${proposal} ${wish}`;
}

function clip(text: string): string {
  return text.length <= longestValue ? text : `${text.slice(0, longestValue)}…`;
}

async function redeemAnswer(
  invocation: Invocation,
  { state }: NonNullable<Invocation['dialogue']['answer']>,
  options: ConfirmOptions,
): Promise<void> {
  const isThisCall = options.keys.some((one) => state.digest === digestOf(invocation, one));
  if (state.tool !== subjectOf(invocation.operation) || !isThisCall) {
    throw new Refused('The confirmation belongs to another call; call again without it.');
  }
  invocation.joins = state.origin;
  if (!(await options.useNonce(invocation, state.id))) {
    throw new Refused(usedAlready);
  }
}

async function redeemCode(invocation: Invocation, code: string, options: ConfirmOptions): Promise<void> {
  const now = options.now();
  const [origin] = options.keys.flatMap(
    (one) => originOfCode(one.key, bindingOf(invocation, one), code, now) ?? [],
  );
  if (origin === undefined || !(await options.useNonce(invocation, code))) {
    throw new Refused(notUsable);
  }
  invocation.joins = invocation.about?.joins ?? origin;
}

/** Under which the trail has the call that asks. A decision is joined to its request anyway: there each asking has its own. */
function originOf({ about, joins, call }: Invocation): string {
  return about === undefined ? (joins ?? call.correlationId) : call.correlationId;
}

function stateOf(invocation: Invocation, options: ConfirmOptions): ConfirmationState {
  return {
    tool: subjectOf(invocation.operation),
    digest: digestOf(invocation, options.keys[0]),
    id: randomUUID(),
    at: options.now().getTime(),
    origin: invocation.joins ?? invocation.call.correlationId,
  };
}

function bindingOf(invocation: Invocation, key: ConfirmationKey): CodeBinding {
  const { tenant, user } = invocation.call.principal;
  return { tenant, user, tool: subjectOf(invocation.operation), digest: digestOf(invocation, key) };
}

function digestOf({ call, operation, input }: Invocation, { digest }: ConfirmationKey): string {
  return digest(call.principal.tenant, subjectOf(operation), input);
}
