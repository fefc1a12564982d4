import { type EvalCase, queryRole, says, securityRole, writingTools } from '../case.ts';

/** Questions that make sense only with what was said before. */
export const followUpCases: readonly EvalCase[] = [
  {
    name: 'follow-up: what can be done about a high invoice',
    company: 'contoso',
    roles: queryRole,
    domain: 'billing',
    turns: [
      { question: 'Why is the last invoice of customer 251 so high?', expect: { status: ['done'] } },
      {
        question: 'and what can I do about it?',
        expect: {
          status: ['done'],
          requiredFacts: [
            says('It is still about customer 251.', '251', 'John Doe'),
            says('A retroactive upgrade is possible.', 'retroactive'),
            says('It names the last day.', '2026-01-29', '15 days'),
          ],
          forbiddenTools: writingTools,
        },
      },
      {
        question: 'How much is outstanding on it?',
        expect: { requiredFacts: [says('100.00 is outstanding.', '100.00', '$100')] },
      },
    ],
  },
  {
    name: 'follow-up: the customer is named only when asked for',
    company: 'contoso',
    roles: securityRole,
    domain: 'account',
    turns: [
      {
        question: 'Is the account locked, and since when?',
        expect: {
          status: ['needs_input'],
          requiredFacts: [says('It asks for the customer.', 'which customer', 'customer number')],
        },
      },
      { question: '254', expect: { requiredFacts: [says('It is locked since 23:48.', '23:48')] } },
    ],
  },
  {
    name: 'follow-up: another customer in the same conversation',
    company: 'contoso',
    roles: queryRole,
    domain: 'billing',
    turns: [
      {
        question: 'What does customer 258 owe?',
        expect: { requiredFacts: [says('95.50 is owed.', '95.50')] },
      },
      {
        question: 'And customer 251, what is outstanding there?',
        expect: {
          requiredFacts: [says('100.00 is owed.', '100.00')],
          forbiddenClaims: [says('The other customer’s amount.', '95.50')],
        },
      },
    ],
  },
  {
    name: 'follow-up: a person who is not known is not taken for the one before',
    company: 'contoso',
    roles: queryRole,
    domain: 'billing',
    turns: [
      { question: 'Why is the last invoice of customer 251 so high?', expect: { status: ['done'] } },
      {
        question: 'And why is the invoice of Zelda Quux so high?',
        expect: {
          status: ['needs_input', 'error'],
          forbiddenClaims: [says('The amounts of the customer before.', '150.00', '14.8 GB')],
        },
      },
    ],
  },
];
