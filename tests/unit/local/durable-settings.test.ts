import { expect, it } from 'vitest';
import { durableSettings } from '#emulators/host/durable/settings';

const read = (name: string, value: string) =>
  durableSettings(
    { settings: { hubName: 'Hub', storageProvider: { [name]: value } }, resolve: (text) => text },
    {},
  );

it.each(['00:00:59', '01:00:01', 'soon'])(
  'control queues with a visibility timeout of %s do not start',
  (value) => {
    expect(() => read('controlQueueVisibilityTimeout', value)).toThrow(
      /must be from "00:01:00" to "01:00:00"/,
    );
  },
);

it.each([
  ['controlQueueVisibilityTimeout', '00:01:00'],
  ['controlQueueVisibilityTimeout', '01:00:00'],
  // the real extension takes less for the queue of work items
  ['workItemQueueVisibilityTimeout', '00:00:30'],
])('%s of %s is taken', (name, value) => {
  expect(read(name, value).hub).toBe('Hub');
});
