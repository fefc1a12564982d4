import { UnsecuredJWT } from 'jose';
import { directoryIdOf } from '../stack/tenants.ts';

export interface Caller {
  readonly tenant: string;
  readonly roles: readonly string[];
}

/** A token without a signature, for a service that runs with AUTH_MODE=passthrough. */
export function developmentToken({ tenant, roles }: Caller): string {
  return new UnsecuredJWT({
    tid: directoryIdOf(tenant),
    oid: 'local-developer',
    azp: 'local-client',
    roles: [...roles],
  })
    .setIssuedAt()
    .setExpirationTime('1h')
    .encode();
}
