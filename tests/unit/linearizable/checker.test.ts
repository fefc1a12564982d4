import { describe, expect, it, vi } from 'vitest';
import { type Answered, type Asked, accountModel } from '../../integration/linearizable/account-model.ts';
import { check, type Operation } from '../../integration/linearizable/checker.ts';

type Call = Operation<Asked, Answered>;

const call = (asked: Asked, from: number, at: number, answer: Answered): Call => ({
  asked,
  from,
  ended: { at, answer },
});
const unanswered = (asked: Asked, from: number): Call => ({ asked, from, ended: undefined });
const pay = (key: string, cents: number) => ({ kind: 'pay', key, cents }) as const;
const ticket = (key: string) => ({ kind: 'ticket', key }) as const;
const balance = { kind: 'read balance' } as const;
const tickets = { kind: 'read tickets' } as const;
const roaming = { kind: 'read roaming' } as const;

const isFine = (history: readonly Call[]) => check(accountModel(100), history).linearizable;

describe('a history that has an order', () => {
  it.each<[string, readonly Call[]]>([
    ['one call after the other', [call(pay('a', 10), 0, 1, 90), call(balance, 2, 3, 90)]],
    ['two at once, in either order', [call(pay('a', 10), 0, 3, 70), call(pay('b', 20), 1, 2, 80)]],
    [
      'a read beside a payment sees the old balance',
      [call(pay('a', 10), 0, 3, 90), call(balance, 1, 2, 100)],
    ],
    ['or the new one', [call(pay('a', 10), 0, 3, 90), call(balance, 1, 2, 90)]],
    ['a key that is sent again', [call(pay('a', 10), 0, 1, 90), call(pay('a', 10), 2, 3, 90)]],
    ['a payment of too much', [call(pay('a', 101), 0, 1, 'refused'), call(balance, 2, 3, 100)]],
    ['without an answer, and it was carried out', [unanswered(pay('a', 10), 0), call(balance, 1, 2, 90)]],
    ['without an answer, and it was not', [unanswered(pay('a', 10), 0), call(balance, 1, 2, 100)]],
    [
      'without an answer, and it was carried out late',
      [unanswered(pay('a', 10), 0), call(balance, 1, 2, 100), call(balance, 3, 4, 90)],
    ],
    ['a ticket of which nobody knows', [unanswered(ticket('a'), 0), call(tickets, 1, 2, 1)]],
  ])('%s', (_, history) => {
    expect(isFine(history)).toBe(true);
  });
});

describe('a history that has none', () => {
  it.each<[string, readonly Call[]]>([
    [
      'a lost update: both payments were decided on the same balance',
      [call(pay('a', 10), 0, 2, 90), call(pay('b', 20), 1, 3, 80)],
    ],
    [
      'a payment that is gone',
      [call(pay('a', 10), 0, 1, 90), call(pay('b', 20), 2, 3, 70), call(balance, 4, 5, 80)],
    ],
    ['a stale read: the payment had been answered', [call(pay('a', 10), 0, 1, 90), call(balance, 2, 3, 100)]],
    [
      'two reads that go back',
      [call(pay('a', 10), 0, 9, 90), call(balance, 1, 2, 90), call(balance, 3, 4, 100)],
    ],
    ['a payment that was made twice', [call(pay('a', 10), 0, 1, 90), call(balance, 2, 3, 80)]],
    ['a key that was carried out twice', [call(pay('a', 10), 0, 1, 90), call(pay('a', 10), 2, 3, 80)]],
    [
      'carried out without an answer, and then not',
      [unanswered(pay('a', 10), 0), call(balance, 1, 2, 90), call(balance, 3, 4, 100)],
    ],
    ['an answer before the call', [call(tickets, 0, 1, 1), call(ticket('a'), 2, 3, 7)]],
    ['a second ticket under one key', [call(ticket('a'), 0, 1, 7), call(ticket('a'), 2, 3, 8)]],
    [
      'a switch that nobody turned',
      [call({ kind: 'roaming', key: 'a', to: true }, 0, 1, 'changed'), call(roaming, 2, 3, false)],
    ],
  ])('%s', (_, history) => {
    expect(isFine(history)).toBe(false);
  });

  it('is told by how much of it could be explained', () => {
    const history = [call(pay('a', 10), 0, 1, 90), call(balance, 2, 3, 90), call(balance, 4, 5, 100)];
    expect(check(accountModel(100), history)).toEqual({ linearizable: false, explained: 2 });
  });
});

it('tries no order twice that leads to the same records, and none beside a call that changes nothing', () => {
  const model = accountModel(100);
  const step = vi.fn(model.step);
  const atOnce = Array.from({ length: 10 }, (_, place) => [
    call(ticket(`t${place}`), place, 100 + place, `T-${place}`),
    call(balance, place, 100 + place, 100),
  ]).flat();
  expect(check({ ...model, step }, [...atOnce, call(tickets, 200, 201, 11)]).linearizable).toBe(false);
  expect(step.mock.calls.length).toBeLessThan(2 ** 10 * 20);
});
