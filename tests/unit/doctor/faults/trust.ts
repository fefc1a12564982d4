import type { Evidence } from '#doctor/evidence';
import { tenantId } from '#platform/identity/tenant';
import { goodSettings } from '../evidence.ts';
import { own } from '../sign-in-deployments.ts';
import { live, type Spoil, settings } from '../spoils.ts';
import type { Fault } from './fault.ts';

const reference = '@Microsoft.KeyVault(SecretUri=https://example.vault.azure.net/secrets/s)';
const backup = { folder: '1', tenant: 'contoso', days: 1, problem: undefined };
const other = { ...backup, tenant: 'fabrikam' };
const found =
  (...backups: readonly object[]) =>
  (evidence: Evidence) =>
    ({ ...evidence, backups: { value: backups } }) as Evidence;
const labelled = (meta: Readonly<Record<string, unknown>> | undefined) =>
  live('labelled', { tool: 'get_promotions', meta });

/** A service with accounts of its own, and the roles of the people of its first tenant. */
export const peopleWith =
  (...roles: readonly (readonly string[])[]): Spoil =>
  (evidence) => ({
    ...settings(own)(evidence),
    people: { value: [{ tenant: 'contoso', roles }] },
  });

/** What a security team asks before it lets this in, and what is wrong with it. */
export const trustFaults: readonly Fault[] = [
  ['backend.keys', settings({ STATE_SIGNING_KEY: 'short' }), 'fail', /STATE_SIGNING_KEY has a secret that/],
  [
    'backend.keys',
    settings({ GATEWAY_KEY: `${reference},${goodSettings.GATEWAY_KEY}` }),
    'fail',
    /GATEWAY_KEY has a reference to Key Vault beside another value/,
  ],
  [
    'backend.keys',
    settings({ GATEWAY_KEY: goodSettings.STATE_SIGNING_KEY }),
    'fail',
    /twice, in STATE_SIGNING_KEY, GATEWAY_KEY/,
  ],
  [
    'backend.keys',
    settings({ STATE_SIGNING_KEY: `${'n'.repeat(32)},${goodSettings.STATE_SIGNING_KEY}` }),
    'warn',
    /still accepted in STATE_SIGNING_KEY/,
  ],
  ['backend.second-person', settings({ APPROVE_ABOVE: '-1' }), 'fail', /APPROVE_ABOVE is "-1"/],
  ['backend.second-person', settings({ APPROVAL_HOURS: '2' }), 'warn', /waits 2 hours/],
  [
    'backend.second-person',
    settings({ AzureWebJobsStorage__accountName: undefined }),
    'fail',
    /no storage for the engine/,
  ],
  [
    'backend.second-person',
    settings({ APPROVAL_HOURS: '72', CONFIRMATION_DAYS: '2' }),
    'warn',
    /is kept for 2 days/,
  ],
  ['backend.second-person', peopleWith(), 'warn', /Fewer than two .*: contoso \(0\)/],
  ['backend.second-person', peopleWith(['approver']), 'warn', /contoso \(1\)/],
  [
    'backend.second-person',
    peopleWith(['approver', 'billing'], ['query']),
    'warn',
    /contoso \(1, who may ask for it, too\)/,
  ],
  ['agentic.labels', labelled(undefined), 'fail', /has no _meta.ifc/],
  [
    'agentic.labels',
    labelled({ ifc: { integrity: 'trusted', confidentiality: 'public' } }),
    'fail',
    /is labelled trusted and public, and not untrusted and public/,
  ],
  ['operations.trail-sent', settings({ TRAIL_EVENT_HUB: undefined }), 'warn', /sent nowhere/],
  [
    'operations.switches',
    (evidence) => ({
      ...evidence,
      switches: {
        value: [
          {
            ...{ tenant: tenantId('contoso'), what: 'tool:pay_invoice' },
            ...{ by: 'operator:ada', reason: 'wrong', since: '2026-11-01T00:00:00.000Z' },
          },
        ],
      },
    }),
    'warn',
    /tool:pay_invoice for contoso, since 2026-11-01/,
  ],
  [
    'operations.release',
    (evidence) => ({ ...evidence, release: { problem: 'contoso-mcp.zip is not as it was signed.' } }),
    'fail',
    /not as it was signed/,
  ],
  ['operations.backups', found(), 'fail', /There is no back-up/],
  ['operations.backups', found(backup), 'fail', /no back-up of fabrikam/],
  ['operations.backups', found({ ...backup, days: 30 }, other), 'warn', /contoso 30 days/],
  ['operations.backups', found({ ...backup, problem: 'torn' }, other), 'fail', /1: torn/],
];
