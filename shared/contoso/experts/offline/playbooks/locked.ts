import type * as z from 'zod';
import { findCustomer } from '#contoso/experts/offline/customer';
import { getSecurityLogs } from '#contoso/tools/security/get-security-logs';
import { unlockAccount } from '#contoso/tools/security/unlock-account';
import { counted } from '#platform/counted';
import { readableTime } from '#platform/experts/models/offline/calendar';
import { askForChange } from '#platform/experts/models/offline/change';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, NotAllowed, one, type Steps } from '#platform/experts/models/offline/steps';
import { type Found, search } from '../search.ts';

type SecurityLog = z.output<typeof getSecurityLogs.output>;

const procedure = 'Account Unlock Procedure';
const reason = 'Identity verified and second factor passed, as stated by the person who asked the expert';

/** A customer who cannot sign in: whether and since when the account is locked, and what an unlock takes. */
export function* locked({ transcript }: Case): Steps<Draft> {
  const { customer_id, first_name, last_name } = yield* findCustomer(transcript);
  const logs = ask(getSecurityLogs, { customer_id });
  const rules = search('account unlock procedure verify identity second factor password reset');
  let log: SecurityLog;
  let found: Found;
  try {
    [log, found] = yield* all(logs, rules);
  } catch (error) {
    if (!(error instanceof NotAllowed)) {
      throw error;
    }
    return withoutSecurityLog(new Sources(yield* one(rules)));
  }
  if (!log.locked) {
    return notLocked(customer_id, log);
  }
  if (isVerified(transcript.question)) {
    const unlock = ask(unlockAccount, { customer_id, reason });
    return yield* askForChange(unlock, `the unlock of the account of customer ${customer_id}`);
  }
  const sources = new Sources(found);
  return {
    status: 'done',
    headline: `The account of customer ${customer_id} (${first_name} ${last_name}) is locked.`,
    findings: [lockFinding(log), ...sources.quote(procedure, /A lock stays/)],
    options: steps(sources),
    citations: sources.citations,
    actions: ['Carry out the unlock procedure; then somebody with the security role unlocks the account.'],
    followUp: 'Have the identity and the second factor been verified?',
  };
}

/** An unlock is proposed only when the question says that both checks were made, not merely because it asks for one. */
function isVerified(question: string): boolean {
  return (
    /\bunlock\b/i.test(question) &&
    /\bidentity\b.{0,40}\b(?:verified|confirmed|checked)|verified .{0,20}\bidentity\b/i.test(question) &&
    /second factor|one-time code|2fa/i.test(question) &&
    !/\b(?:not|never|without|skip|no need|instead of)\b|n['’]t\b/i.test(question)
  );
}

function lockFinding({ logs }: SecurityLog): string {
  const lock = logs.find(({ event_type }) => event_type === 'account_locked');
  if (lock === undefined) {
    return '';
  }
  const before = logs.slice(logs.indexOf(lock) + 1);
  const end = before.findIndex(({ event_type }) => event_type !== 'login_attempt');
  const attempts = end < 0 ? before : before.slice(0, end);
  const failed = attempts.filter(({ description }) => /fail|wrong/i.test(description)).length;
  return `It is locked since ${readableTime(lock.event_time)}, after ${failed} failed sign-ins.`;
}

function steps(sources: Sources): string[] {
  return sources.quote(
    procedure,
    /^Verify the identity/,
    /one-time code/,
    /^Unlock the account/,
    /^Force a password reset/,
    /do not unlock/,
  );
}

function notLocked(customerId: number, { logs }: SecurityLog): Draft {
  const unlocked = logs.find(({ event_type }) => event_type === 'account_unlocked');
  return {
    status: 'done',
    headline: `The account of customer ${customerId} is not locked at the moment.`,
    findings: [
      unlocked === undefined ? '' : `It was unlocked last on ${readableTime(unlocked.event_time)}.`,
      `${counted(logs.length, 'event is', 'events are')} in its security log.`,
    ].filter((text) => text !== ''),
  };
}

/** Without the right to see the log, nothing is said about the account; the procedure is no secret. */
function withoutSecurityLog(sources: Sources): Draft {
  return {
    status: 'error',
    headline:
      'Your role does not allow a look at the security log, so nothing can be said about a lock; a colleague with the security role can look and unlock.',
    findings: steps(sources),
    citations: sources.citations,
    actions: ['Hand the case to a colleague with the security role.'],
  };
}
