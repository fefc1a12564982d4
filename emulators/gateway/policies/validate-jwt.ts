import { Jwt } from '#gateway/language/expressions/context';
import type { XmlElement } from '#gateway/language/xml';
import { PolicyFailure } from '../failure.ts';
import type { CompilerTools, Flow, PolicyCompiler } from '../step.ts';
import { TokenRefused } from '../token/refused.ts';
import { verifyToken } from '../token/verify.ts';

/** Verifies a token as API Management does: signature, lifetime, audience, issuer, claims, in this order. */
export const validateJwt: PolicyCompiler = (element, tools) => {
  const header = tools.literal(element, 'header-name');
  const scheme = tools.literal(element, 'require-scheme');
  const variable = tools.literal(element, 'output-token-variable-name');
  const message = tools.literal(element, 'failed-validation-error-message');
  const code = Number(tools.literal(element, 'failed-validation-httpcode') || '401');
  const rules = rulesOf(element, tools);
  return async (exchange): Promise<Flow> => {
    try {
      const token = readToken(exchange.request.headers.get(header), scheme);
      const payload = await verifyToken(token, rules, tools.runtime.now());
      if (variable !== '') {
        exchange.variables.set(variable, new Jwt(payload));
      }
      return 'next';
    } catch (error) {
      if (!(error instanceof TokenRefused)) {
        throw error;
      }
      throw new PolicyFailure('validate-jwt', error.reason, code, message || error.message);
    }
  };
};

function rulesOf(element: XmlElement, tools: CompilerTools) {
  const inside = (name: string) =>
    element.children.filter((child) => child.name === name).flatMap(({ children }) => children);
  const is = (attribute: string, otherwise: string) =>
    (tools.literal(element, attribute) || otherwise) === 'true';
  return {
    keys: element.children
      .filter(({ name }) => name === 'openid-config')
      .map((child) => tools.runtime.keysAt(tools.literal(child, 'url'))),
    audiences: tools.literals(inside('audiences'), 'audience'),
    issuers: tools.literals(inside('issuers'), 'issuer'),
    claims: inside('required-claims').map((claim) => ({
      name: tools.literal(claim, 'name'),
      values: tools.literals(claim.children, 'value'),
      all: (tools.literal(claim, 'match') || 'all') === 'all',
      separator: tools.literal(claim, 'separator'),
    })),
    requireExpiration: is('require-expiration-time', 'true'),
    clockSkew: Number(tools.literal(element, 'clock-skew') || '0'),
  };
}

function readToken(header: string | null, scheme: string): string {
  if (header === null) {
    throw new TokenRefused('TokenNotPresent', 'JWT not present.');
  }
  const [first = '', ...rest] = header.trim().split(/\s+/);
  if (scheme === '') {
    return rest.join(' ') || first;
  }
  if (first.toLowerCase() !== scheme.toLowerCase() || rest.length !== 1) {
    throw new TokenRefused('TokenNotPresent', `JWT not present: the scheme must be ${scheme}.`);
  }
  return rest.join('');
}
