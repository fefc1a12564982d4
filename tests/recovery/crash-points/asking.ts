import type { Answer, CrashClient } from './client.ts';
import type { Subject } from './subjects.ts';

/** @throws Error when the tool refused */
export async function called(client: CrashClient, name: string, args: Readonly<Record<string, unknown>>) {
  return contentOf(await client.call(name, args));
}

function contentOf({ isError, content }: Answer): unknown {
  if (isError) {
    throw new Error(String(content));
  }
  return content;
}

/**
 * Calls a tool that wants a person's agreement, as a client does that cannot ask: with the code that it is given.
 * @throws Error with what the tool said when it gave neither an answer nor a code
 */
export async function agreed(client: CrashClient, name: string, args: Readonly<Record<string, unknown>>) {
  let code: string | undefined;
  let said = '';
  for (let round = 1; round <= 3; round += 1) {
    const answer = await client.call(name, { ...args, ...(code && { confirmation_code: code }) });
    if (!answer.isError) {
      return answer.content;
    }
    said = String(answer.content);
    code = /confirmation_code "([A-Z2-9-]+)"/.exec(said)?.[1];
    if (code === undefined) {
      throw new Error(said);
    }
  }
  throw new Error(`${name} was not carried out although it was agreed to: ${said}`);
}

/** A payment of this caller. @param amount dollars */
export const payment = ({ invoice_id, key }: Subject, amount: number) => ({
  invoice_id,
  amount,
  idempotency_key: key,
});
