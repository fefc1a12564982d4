import { describe, expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { development, problemWith } from './development.ts';

describe('where else the audit trail goes', () => {
  it('is nowhere unless the settings say so', () => {
    expect(readSettings(development).trail).toEqual({ copies: undefined, eventHub: undefined });
  });

  it('is a container or a folder, and an event hub', () => {
    const copies = 'https://archive.blob.core.windows.net/trail';
    const hub = 'https://siem.servicebus.windows.net/trail';
    const settings = { ...development, TRAIL_COPIES: `${copies}/`, TRAIL_EVENT_HUB: hub };
    expect(readSettings(settings).trail).toEqual({ copies, eventHub: hub });
    expect(readSettings({ ...development, TRAIL_COPIES: '/var/trail' }).trail.copies).toBe('/var/trail');
  });

  it.each([
    ['http to another machine', { TRAIL_COPIES: 'http://archive.example/trail' }, /TRAIL_COPIES is "http:/],
    ['no container', { TRAIL_COPIES: 'https://archive.blob.core.windows.net/' }, /TRAIL_COPIES/],
    [
      'a signature in the address',
      { TRAIL_COPIES: 'https://a.blob.core.windows.net/trail?sig=x' },
      /TRAIL_COPIES/,
    ],
    ['a folder of nobody knows where', { TRAIL_COPIES: 'trail' }, /TRAIL_COPIES is "trail"/],
    ['a user in the address', { TRAIL_EVENT_HUB: 'https://a:b@siem.example/hub' }, /TRAIL_EVENT_HUB/],
    ['a path of two', { TRAIL_EVENT_HUB: 'https://siem.example/hub/messages' }, /TRAIL_EVENT_HUB/],
  ])('stops the start with %s', (_what, changes, message) => {
    expect(problemWith(changes)).toMatch(message);
  });
});
