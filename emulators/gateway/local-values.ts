import { describeNamedValues } from '../../gateway/generate/named-values.ts';
import type { NamedValues } from '../../gateway/language/named-values.ts';
import { readRegistry } from '../../gateway/registry.ts';

export interface LocalValues {
  /** Address of the gateway. */
  readonly origin: string;
  /** Address of the identity provider. */
  readonly authority: string;
  /** The `aud` claim of its tokens for this service. */
  readonly audience: string;
  /** Name of the delegated scope. */
  readonly scope: string;
  /** What the backends expect in `X-Gateway-Key`. */
  readonly backendKey: string;
  /** Origin of a web page that may call; an inspector on this machine, say. */
  readonly allowedOrigin?: string;
  /** Any of the named values, instead of what would be there. */
  readonly overrides?: NamedValues;
}

/** The named values for this machine; names of roles and limits of plans as the product has them. */
export function localNamedValues(values: LocalValues): NamedValues {
  const described = Object.entries(describeNamedValues(readRegistry()));
  return {
    ...Object.fromEntries(described.map(([name, { example }]) => [name, example])),
    'public-base-url': values.origin,
    authority: values.authority,
    'api-audience': values.audience,
    'scope-name': values.scope,
    'allowed-origin': values.allowedOrigin ?? 'http://localhost:6274',
    'backend-key': values.backendKey,
    ...values.overrides,
  };
}
