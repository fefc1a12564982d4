import { describe, expect, it } from 'vitest';
import { readSettings } from '#shared/settings';
import { development, problemWith } from './development.ts';

describe('modes that verify nobody', () => {
  const signs = {
    WEBSITE_INSTANCE_ID: 'a1',
    WEBSITE_SITE_NAME: 'site',
    IDENTITY_ENDPOINT: 'http://169.254.1.1/',
    CONTAINER_APP_NAME: 'c',
    WEBSITE_HOSTNAME: 'site.azurewebsites.net',
  };

  it.each(Object.entries(signs))('never start in Azure (%s)', (name, value) => {
    expect(problemWith({ AUTH_MODE: 'passthrough', [name]: value })).toMatch(/in Azure it must be jwt/);
    expect(problemWith({ AUTH_MODE: 'disabled', [name]: value })).toMatch(/in Azure it must be jwt/);
  });

  it.each(['passthrough', 'disabled'])('know no sign-in (%s)', (mode) => {
    expect(readSettings({ ...development, AUTH_MODE: mode }).signIn).toBeUndefined();
    expect(problemWith({ AUTH_MODE: mode, SIGN_IN: 'remote' })).toMatch(/nobody signs in; remove SIGN_IN/);
  });

  it('start in Development only', () => {
    expect(problemWith({ AZURE_FUNCTIONS_ENVIRONMENT: undefined })).toMatch(/Development/);
    expect(problemWith({ AZURE_FUNCTIONS_ENVIRONMENT: 'Staging' })).toMatch(/Development/);
  });
});
