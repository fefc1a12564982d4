import type { JWK } from 'jose';
import type { Issuer } from './issuer.ts';
import { entraMetadata, metadataPath } from './metadata.ts';

/** Documents that are not about one directory, as Entra has them under the name `organizations`. */
export type Documents = (pathname: string) => object | undefined;

/**
 * The metadata for all directories together: the issuer is a template, and the keys are those of every directory. A
 * gateway in front of several customers reads it, and checks the real issuer by itself.
 */
export function organizations(origin: string, issuers: Iterable<Issuer>): Documents {
  const all = [...issuers];
  const base = `${origin}/organizations`;
  return (pathname) => {
    if (pathname === `/organizations/v2.0${metadataPath}`) {
      return entraMetadata(base, `${origin}/{tenantid}/v2.0`);
    }
    if (pathname === '/organizations/discovery/v2.0/keys') {
      return { keys: all.flatMap((issuer): JWK[] => issuer.publishedKeys()) };
    }
    return undefined;
  };
}

/** The metadata of each directory as Entra has it. */
export function directories(origin: string, issuers: ReadonlyMap<string, Issuer>): Documents {
  const addresses = new Map(
    [...issuers].map(([tid, { issuer }]) => [`/${tid}/v2.0${metadataPath}`, { tid, issuer }]),
  );
  return (pathname) => {
    const found = addresses.get(pathname);
    return found && entraMetadata(`${origin}/${found.tid}`, found.issuer);
  };
}
