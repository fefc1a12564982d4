import type * as z from 'zod';
import { findCustomers } from '#contoso/experts/offline/slots/customers';
import { nameOf } from '#contoso/experts/offline/slots/subscriptions';
import { lockedAccount } from '#contoso/procedures/locked-account';
import { getSecurityLogs } from '#contoso/tools/security/get-security-logs';
import { unlockAccount } from '#contoso/tools/security/unlock-account';
import { counted } from '#platform/counted';
import { readableTime } from '#platform/dates';
import { askForChange } from '#platform/experts/models/offline/change';
import type { Draft } from '#platform/experts/models/offline/draft';
import type { Case } from '#platform/experts/models/offline/offline-model';
import { Sources } from '#platform/experts/models/offline/sources';
import { all, ask, NotAllowed, one, type Steps } from '#platform/experts/models/offline/steps';
import { type Found, search } from '../search.ts';
import { securityEvents } from './security-events.ts';

type SecurityLog = z.output<typeof getSecurityLogs.output>;

const { unlock: procedure } = lockedAccount.documents;
const reason = 'Identity verified and second factor passed, as stated by the person who asked the expert';

/** Customers who cannot sign in: whether and since when the account is locked, and what an unlock takes. */
export function* locked(about: Case): Steps<Draft> {
  const customers = yield* findCustomers(about);
  const [first] = customers;
  if (first === undefined || customers.length > 1) {
    return yield* securityEvents(about);
  }
  const { customer_id } = first;
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
    return notLocked(nameOf(first), log);
  }
  if (isVerified(about.said)) {
    const unlock = ask(unlockAccount, { customer_id, reason });
    return yield* askForChange(unlock, `the unlock of the account of customer ${customer_id}`);
  }
  const sources = new Sources(found);
  const declined = about.said.length > 1 && denial.test(about.said[0] ?? '');
  return {
    status: asksForUnlock.test(about.said.join(' ')) ? 'needs_input' : 'done',
    headline: `${declined ? 'Then it is not unlocked yet: the' : 'The'} account of ${nameOf(first)} is locked.`,
    findings: [lockFinding(log), ...sources.quote(procedure, /A lock stays/)],
    options: steps(sources),
    citations: sources.citations,
    followUp:
      'Have the identity and the second factor been verified? Then say so, and the unlock is proposed.',
  };
}

const asksForUnlock = /\bunlock\b/i;
const denial = /\b(?:not|never|without|skip|no need|instead of|no time|no)\b|n['’]t\b/i;
const agrees = /^\W*(?:yes|yep|yeah|both|done|all|sure|correct|confirmed|verified|i have|they are|ok)\b/i;
const identityWords =
  /\b(?:identity|who (?:she|he|they))\b.{0,40}\b(?:verified|confirmed|checked|proven)|\b(?:verified|confirmed|checked|proved)\b.{0,20}\bidentity\b/i;
const factorWords =
  /second factor|one-time code|2fa|\bcode\b.{0,30}\b(?:right|correct|matched|fine|passed|valid|entered)\b/i;

/**
 * An unlock is proposed only when it is said that both checks were made, or yes to the question for both; not merely because
 * it is asked for.
 */
function isVerified(said: readonly string[]): boolean {
  const [question = '', ...before] = said;
  const all = said.join('. ');
  const isYes = before.length > 0 && agrees.test(question) && !denial.test(question);
  return (
    asksForUnlock.test(all) &&
    (isYes || (identityWords.test(all) && factorWords.test(all))) &&
    !(isYes ? denial.test(question) : denial.test(all))
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

function notLocked(name: string, { logs }: SecurityLog): Draft {
  const unlocked = logs.find(({ event_type }) => event_type === 'account_unlocked');
  return {
    status: 'done',
    headline: `The account of ${name} is not locked at the moment.`,
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
  };
}
