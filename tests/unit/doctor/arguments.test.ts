import { UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readOptions } from '#doctor/arguments';

const token = new UnsecuredJWT({ oid: 'someone' }).encode();
const url = 'https://mcp.example/contoso-mcp/mcp';

describe('the command line of the doctor', () => {
  it('needs nothing', () => {
    expect(readOptions([], {})).toEqual({
      settings: undefined,
      beside: [],
      init: false,
      plan: 'flex',
      gatewayTier: undefined,
      gatewayValues: undefined,
      onlyLive: false,
      askModel: true,
      json: false,
      backups: undefined,
      release: undefined,
      live: { url: undefined, token: undefined, rolelessToken: undefined, longJob: false, idleMinutes: 0 },
    });
  });

  it('does not ask the model where that is not wanted', () => {
    expect(readOptions(['--no-model'], {})).toMatchObject({ askModel: false });
  });

  it('judges the names of settings by the rules of the plan', () => {
    expect(readOptions(['--plan', 'other'], {})).toMatchObject({ plan: 'other' });
  });

  it('compares with as many other apps as are named', () => {
    const args = ['--settings', 'a.json', '--beside', 'b.json', '--beside', 'c.json'];
    expect(readOptions(args, {})).toMatchObject({ settings: 'a.json', beside: ['b.json', 'c.json'] });
  });

  it('takes tokens from the environment, where no list of processes shows them', () => {
    const options = readOptions(['--url', url], { DOCTOR_TOKEN: token, DOCTOR_ROLELESS_TOKEN: token });
    expect(options).toMatchObject({ live: { url, token, rolelessToken: token } });
  });

  it.each([
    [['--what'], /Unknown option '--what'/],
    [['--url', 'mcp.example'], /--url is "mcp.example"; it must be an endpoint/],
    [['--url', 'https://mcp.example/'], /it must be an endpoint/],
    [['--url', 'https://mcp.example/agentic/mcp'], /the agentic one is found by itself/],
    [['--plan', 'premium'], /--plan is "premium"; it must be flex or other/],
    [['--url', url, '--token', token, '--idle', 'soon'], /--idle is "soon"; it must be a whole number/],
    [['--url', url, '--idle', '60'], /--idle needs --url and --token/],
    [['--only-live'], /--only-live needs --url/],
    [['--release', 'x'], /--release and --key go together/],
    [['--beside', 'staging.json'], /--beside needs --settings/],
    [['--only-live', '--url', url, '--settings', 'x.json'], /exclude each other/],
    [['--url', url, '--token', 'abc.def'], /--token is no access token/],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args, {})).toThrow(message);
  });

  it('does not repeat a token that it cannot read', () => {
    expect(() => readOptions(['--token', 'almost-a-secret'], {})).not.toThrow('almost-a-secret');
    expect(() => readOptions(['--token', 'almost-a-secret'], {})).toThrow();
  });
});
