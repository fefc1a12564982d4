import { expect, it } from 'vitest';
import { faultFields } from '#platform/telemetry/fault';

const anError = (message: string, name = 'Error') => Object.assign(new Error(message), { name });

it('says the kind and the place', () => {
  const { error, stack } = faultFields(anError('short', 'RestError'));
  expect(error).toBe('RestError');
  expect(stack).toMatch(/^at .*fault\.test\.ts:\d+:\d+/);
  expect(String(stack).split(' | ').length).toBeLessThanOrEqual(8);
});

it.each(['Main Street', 'broken off\n    at Main Street 7', '\n  at Main Street\n\n', '    at Main Street'])(
  'says nothing of the message %j',
  (message) => {
    const { stack } = faultFields(anError(message));
    expect(stack).not.toContain('Main Street');
    expect(stack).toMatch(/^at .*fault\.test\.ts:\d+:\d+/);
  },
);

it('says nothing of a message that was another one when the stack was taken', () => {
  const error = anError('at first\n    at Main Street');
  expect(error.stack).toContain('Main Street');
  error.message = 'later';
  expect(faultFields(error).stack).not.toContain('Main Street');
});

it.each([undefined, 'Main Street', { message: 'Main Street' }])('says the type alone of %j', (thrown) => {
  expect(faultFields(thrown)).toEqual({ error: typeof thrown });
});
