/** A name or phrase that is no longer used, and what is said instead. */
export interface Retired {
  readonly pattern: RegExp;
  readonly instead: string;
  /** The files in which it is looked for, by how their paths begin; all of them when left out. */
  readonly under?: string;
}

/** Names in code; a pattern that has to leave some uses alone says so by what stands around the word. */
const names: readonly Retired[] = [
  { pattern: /\bBench\b/, instead: 'StepContext', under: 'shared/' },
  { pattern: /\bCourse\b/, instead: 'Results of a job, StepResults of a diagnosis' },
  { pattern: /\w*Remarks?\b/, instead: 'Finding, FindingOfStep' },
  { pattern: /kept-?answers/i, instead: 'ResponseCache (response-cache.ts)' },
  { pattern: /\bonce-?store\b/i, instead: 'UsedNonceStore (used-nonce-store.ts)' },
  { pattern: /\brelay-?stores?\b|\bconst relay\b|#relay\b/i, instead: 'SessionMailbox (session-mailbox.ts)' },
  { pattern: /\bfreePlace\b|\bstore\.places\b/, instead: 'findFreeSlot, releaseSlot, store.slots' },
  { pattern: /\bpatience\b/, instead: 'a time-out by its name, such as requestTimeoutMs' },
  { pattern: /\bsignOfLife\b/, instead: 'keepAliveMs' },
  {
    pattern: /\b(?:const|let) shape = (?!\w+\.shape\b)/,
    instead: 'what it describes: codePattern, tenantsSchema',
  },
  { pattern: /when-?ended\b/i, instead: 'onResponseEnd (response-end.ts)' },
  { pattern: /\buncancelled\(/, instead: 'ignoringCancel' },
  { pattern: /\buninvited\b/, instead: 'rejectedSource' },
  { pattern: /\boffRecord\b/, instead: 'the operation that is meant' },
  { pattern: /\btrail\.(?:note|record)\(/, instead: 'trail.enqueue, trail.write' },
  { pattern: /<domain>\/<tool/, instead: 'tools/<area>; a domain is an expert’s' },
];

/** Turns of phrase that have to be read twice. */
const phrases: readonly Retired[] = [
  { pattern: /\bby its own(?=[.,;:)]|$)/, instead: 'by itself' },
  { pattern: /\b(?:at|from) the begin\b|\bthe begin of\b/, instead: 'the start of' },
  { pattern: /\bsigns? of life\b/, instead: 'a progress notification, a keep-alive' },
  { pattern: /\bkeeps them fresh\b/, instead: 'what is refreshed, and when' },
  { pattern: /\bjust as soon as without\b/, instead: 'what happens, without the comparison' },
  { pattern: /\band as often\b/, instead: 'how often' },
  { pattern: /\bgets? along without\b/, instead: 'does not need' },
  { pattern: /\bwait(?:s|ing)? for company\b/, instead: 'are gathered' },
  { pattern: /\bfor want of\b/, instead: 'because there is no' },
  { pattern: /\bonly the looking on\b/, instead: 'watching' },
  { pattern: /\b(?:nobody|everybody) vouches for\b/, instead: 'untrusted data' },
  { pattern: /\bat the (?:beginning|start) of its way\b/, instead: 'before its first step' },
  { pattern: /\b(?:nobody|anybody)’?'?s business\b/, instead: 'who may know it' },
];

export const retired: readonly Retired[] = [...names, ...phrases];
