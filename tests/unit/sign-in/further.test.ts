import { expect, it } from 'vitest';
import { joinedMetadata } from '#platform/sign-in/further';

it('what is offered besides is joined to the metadata: lists hold both, each value once', () => {
  const base = { issuer: 'https://a.example', grants: ['code', 'refresh'], methods: ['none'] };
  expect(joinedMetadata(base, { grants: ['jwt', 'code'], profiles: ['x'], methods: ['none'] })).toEqual({
    issuer: 'https://a.example',
    grants: ['code', 'refresh', 'jwt'],
    methods: ['none'],
    profiles: ['x'],
  });
  expect(joinedMetadata(base, {})).toEqual(base);
});
