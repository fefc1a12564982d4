import { expect, it } from 'vitest';
import { readHostPort } from '#platform/settings/host-port';

it.each([
  ['Core Tools', { WEBSITE_HOSTNAME: 'localhost:7071' }, 7071],
  ['a container', { WEBSITE_HOSTNAME: 'app.azurewebsites.net', ASPNETCORE_URLS: 'http://+:80' }, 80],
  ['several addresses', { ASPNETCORE_URLS: 'https://*:443;http://[::]:8080' }, 8080],
  ['ports alone', { ASPNETCORE_HTTP_PORTS: '8080;8081' }, 8080],
  ['a public name', { WEBSITE_HOSTNAME: 'app.azurewebsites.net' }, undefined],
  ['a port that is none', { ASPNETCORE_URLS: 'http://+:99999' }, undefined],
  ['nothing', {}, undefined],
])('the port of the host, from %s', (_where, env, port) => {
  expect(readHostPort(env)).toBe(port);
});
