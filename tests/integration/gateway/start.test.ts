import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startGateway } from '#emulators/gateway/gateway';
import { localNamedValues } from '#emulators/gateway/local-values';
import { policiesFolder } from '#gateway/registry';
import { everyBackend } from './world.ts';

const backends = everyBackend('http://127.0.0.1:1');
const namedValues = localNamedValues({
  origin: 'http://127.0.0.1:1',
  authority: 'http://127.0.0.1:1',
  audience: 'audience',
  scope: 'scope',
  backendKey: 'key',
});

let policiesDir: string;

beforeEach(() => {
  policiesDir = mkdtempSync(path.join(tmpdir(), 'policies-'));
  cpSync(policiesFolder, policiesDir, { recursive: true });
});

afterEach(() => rmSync(policiesDir, { recursive: true }));

function change(file: string, from: string, to: string): void {
  const target = path.join(policiesDir, file);
  const text = readFileSync(target, 'utf8');
  expect(text).toContain(from);
  writeFileSync(target, text.replace(from, to));
}

const start = () => startGateway({ policiesDir, namedValues, backends });

it('runs a copy of the policies', async () => {
  const gateway = await start();
  await gateway.stop();
});

const backend = 'fragments/backend.xml';
const wrong: readonly [what: string, file: string, from: string, to: string, message: string][] = [
  [
    'a policy that is not known',
    backend,
    '<fragment>',
    '<fragment>\n  <ip-filter />',
    'backend.xml:3: <ip-filter>',
  ],
  [
    'an attribute that is not known',
    backend,
    'backend-id=',
    'sf-key="1" backend-id=',
    'backend.xml:3: <set-backend-service> has no attribute sf-key',
  ],
  [
    'a member that is not known',
    backend,
    'context.Variables["tenant"]',
    'context.User["tenant"]',
    'backend.xml:5: context has no property User',
  ],
  [
    'a missing cast',
    backend,
    '(string)context.Variables["tenant"]',
    'context.Variables["tenant"]',
    'gives a object; it must give a string',
  ],
  ['an element that is not closed', backend, '</value>', '', 'backend.xml:6: not well-formed XML'],
  [
    'a named value without a value',
    backend,
    '{{backend-key}}',
    '{{other-key}}',
    'backend.xml:8: the named value {{other-key}}',
  ],
  [
    'a policy in the wrong section',
    'global.xml',
    '<outbound>',
    '<outbound><rewrite-uri template="/" />',
    '<rewrite-uri> cannot stand in outbound',
  ],
  [
    'a fragment in a fragment',
    backend,
    '<fragment>',
    '<fragment><include-fragment fragment-id="problem" />',
    'cannot include another fragment',
  ],
  [
    'a fragment that is not there',
    'global.xml',
    'fragment-id="problem"',
    'fragment-id="gone"',
    'there is no fragments/gone.xml',
  ],
  ['a section that is missing', 'global.xml', 'outbound>', 'x-outbound>', 'global.xml:'],
  [
    'a body that is read',
    backend,
    '(string)context.Variables["tenant"]',
    '(string)context.Response.Body',
    'response has no property Body',
  ],
];

it.each(wrong)('does not start with %s, and says where it is', async (_, file, from, to, message) => {
  change(file, from, to);
  await expect(start()).rejects.toThrow(message);
});

it('does not start without the address of a backend', async () => {
  const started = startGateway({ policiesDir, namedValues, backends: { contoso: 'http://127.0.0.1:1' } });
  await expect(started).rejects.toThrow('the address of the backend "fabrikam" is not given');
});

it('does not start when a policy file is missing', async () => {
  rmSync(path.join(policiesDir, 'operations/mcp.xml'));
  await expect(start()).rejects.toThrow('the policy file operations/mcp.xml is missing');
});
