import assert from 'node:assert/strict';
import type { Attack } from '../attack.ts';
import { asks, readableByStrangers, stranger } from '../page-requests.ts';
import { authorizeAddress, post, register, send, underWay } from '../requests.ts';

export const pageContent: readonly Attack[] = [
  {
    name: 'the question in somebody else’s frame',
    async run(world) {
      const { headers } = await asks(world);
      assert.equal(headers.get('x-frame-options'), 'DENY');
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    },
  },
  {
    name: 'the question in a frame of a browser that knows the policy only',
    async run(world) {
      const { headers } = await asks(world);
      assert.match(headers.get('content-security-policy') ?? '', /(^|; )frame-ancestors 'none'(;|$)/);
    },
  },
  {
    name: 'something from elsewhere in a page: a script, an image, a frame',
    async run(world) {
      const policy = (await asks(world)).headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'/);
      assert.doesNotMatch(policy, /script-src|img-src|unsafe/);
    },
  },
  {
    name: 'a form that sends the answer elsewhere',
    async run(world) {
      const policy = (await asks(world)).headers.get('content-security-policy') ?? '';
      assert.match(policy, /form-action 'self'/);
      assert.match(policy, /base-uri 'none'/);
    },
  },
  {
    name: 'a program with markup for a name',
    async run(world) {
      const { text } = await asks(world, '</bdi><form action="https://evil.example"><b id=x>');
      assert.doesNotMatch(text, /<b id=x>|<form action="https:\/\/evil/);
      assert.match(text, /&#60;form action=/);
    },
  },
  {
    name: 'markup in what the identity provider says of an error',
    async run(world) {
      const { form, headers } = await underWay(world);
      const error = { error: 'server_error', error_description: '<script>1</script> AADSTS65001' };
      const outcome = await post(world, 'callback', { state: form.state, ...error }, { headers });
      assert.equal(outcome.status, 403);
      assert.doesNotMatch(outcome.text, /<script/);
      assert.match(outcome.text, /has not allowed this service yet/);
    },
  },
  {
    name: 'a page of another origin that reads the question',
    async run(world) {
      const client = await register(world);
      const path = authorizeAddress(world, { client }).slice(world.origin.length);
      const outcome = await send(world, path, { headers: stranger });
      assert.equal(outcome.status, 200);
      assert.equal(readableByStrangers(outcome), null);
    },
  },
  {
    name: 'a page of another origin that asks for tokens with the person’s cookies',
    async run(world) {
      const response = await fetch(`${world.origin}/contoso-mcp/oauth/token`, {
        method: 'POST',
        headers: stranger,
        body: new URLSearchParams({ grant_type: 'none' }),
      });
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      assert.equal(response.headers.get('access-control-allow-credentials'), null);
    },
  },
];
