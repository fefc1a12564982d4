import { describe, expect, test } from 'vitest';
import { namesIn } from '#contoso/experts/offline/slots/names';
import { mayBeEnglish } from '#platform/experts/models/offline/language';
import { listed, operationsIn } from '#platform/experts/models/offline/operations';
import { applying, passagesAbout, passagesOf } from '#platform/experts/models/offline/passages';
import { periodIn } from '#platform/experts/models/offline/period';
import { corrected, isTypoOf } from '#platform/experts/models/offline/spelling';

describe('periods', () => {
  test.each([
    ['usage last month', '2025-12-01', '2025-12-31'],
    ['in december', '2025-12-01', '2025-12-31'],
    ['in January', '2026-01-01', '2026-01-31'],
    ['since november', '2025-11-01', '2026-01-15'],
    ['since 1 january', '2026-01-01', '2026-01-15'],
    ['on jan 14', '2026-01-14', '2026-01-14'],
    ['over the last 7 days', '2026-01-08', '2026-01-14'],
    ['the last three months', '2025-10-17', '2026-01-14'],
    ['in 2025', '2025-01-01', '2025-12-31'],
    ['since 2025-12-24', '2025-12-24', '2026-01-15'],
    ['in february 2025', '2025-02-01', '2025-02-28'],
    ['yesterday', '2026-01-14', '2026-01-14'],
  ])('"%s"', (text, from, to) => {
    expect(periodIn(text, '2026-01-15')).toMatchObject({ from, to });
  });

  test.each(['the last three invoices', 'may I unlock it', 'customer 2025'])('"%s" names none', (text) => {
    expect(periodIn(text, '2026-01-15')).toBeUndefined();
  });
});

test('operations are read from the words', () => {
  expect(operationsIn('average of the last three invoices')).toMatchObject({ average: true, first: 3 });
  expect(operationsIn('bills above 100 dollars')).toMatchObject({
    above: 100,
    average: false,
    first: undefined,
  });
  expect(operationsIn('data over the last 7 days')).toMatchObject({ first: undefined });
});

test('a list that is cut says so', () => {
  const entries = Array.from({ length: 17 }, (_, place) => `entry ${place + 1}`);
  expect(listed(entries.slice(0, 15))).not.toContain('more');
  expect(listed(entries)).toMatch(/entry 15; and 2 more, 17 in all$/);
});

describe('documents', () => {
  const policy = `Who may approve:

- up to 50.00 on one invoice: the agent
- from 50.01 to 200.00: a team lead
- above 200.00: the manager

| event | credit |
| ----- | ------ |
| outage under 4 hours | none |
| outage of more than 24, up to 72 hours | 15 % |

No fee is charged for 10 days. After that it is 5.00.`;

  test.each([
    [35, ['up to 50.00 on one invoice: the agent', 'outage of more than 24, up to 72 hours: 15 %']],
    [120, ['from 50.01 to 200.00: a team lead']],
    [900, ['above 200.00: the manager']],
    [2, ['up to 50.00 on one invoice: the agent', 'outage under 4 hours: none']],
  ])('for %d the entries that apply are found', (value, texts) => {
    expect(applying(passagesOf(policy), value).map(({ text }) => text)).toEqual(texts);
  });

  test('a row has its table, an entry its list, and neither is cut', () => {
    expect(passagesOf(policy)).toContainEqual({
      text: 'outage under 4 hours: none',
      heading: 'event, credit',
    });
    expect(passagesOf(policy)).toContainEqual({
      text: 'above 200.00: the manager',
      heading: 'Who may approve',
    });
  });

  test('the passages with the words of a search are found', () => {
    expect(passagesAbout(passagesOf(policy), 'fee charged days', 2).map(({ text }) => text)).toEqual([
      'No fee is charged for 10 days.',
    ]);
  });
});

test('words are spelt as the vocabulary has them, names are left alone', () => {
  const vocabulary = new Set(['balance', 'customer', 'code', 'what']);
  expect(corrected('teh balnce of custmer Cole', vocabulary, new Set())).toBe('teh balance of customer Cole');
  expect(corrected('cole', vocabulary, new Set(['cole']))).toBe('cole');
  expect(isTypoOf('abshrie', 'abshire')).toBe(true);
  expect(isTypoOf('doe', 'roe')).toBe(false);
});

test.each([
  ['What does customer 12 owe?', true],
  ['cust 29 plan', true],
  ['Velva Abshire', true],
  ['Warum ist das Internet von Kunde 252 so langsam?', false],
  ['Quel est le solde du client 12 ?', false],
  ['¿Está bloqueada la cuenta 254?', false],
  ['客户251的账单为什么这么高？', false],
  ['Почему счёт такой высокий?', false],
])('"%s" may be English: %s', (text, may) => {
  expect(mayBeEnglish(text)).toBe(may);
});

test.each([
  ['outstanding balance for Elyssa Kirlin?', ['elyssa kirlin']],
  ['what does sheila bogan owe', ['sheila bogan']],
  ["what is Grant Altenwerth's plan", ['grant altenwerth']],
  ['who owes more, Leonel Maggio or Alisa Yost?', ['leonel maggio', 'alisa yost']],
  ['what is the balance of the custmer', []],
  ['Which plans do you have?', []],
])('names in "%s"', (text, names) => {
  expect(namesIn(text).map(({ words }) => words.join(' '))).toEqual(names);
});
