import type { ValueKind } from './values.ts';

export const sections = ['inbound', 'backend', 'outbound', 'on-error'] as const;
export type Section = (typeof sections)[number];

export interface AttributeModel {
  readonly kind: ValueKind;
  readonly required?: true;
  /** Whether API Management evaluates expressions here. */
  readonly expressions?: true;
  /** The largest number allowed as a literal. */
  readonly most?: number;
}

export interface ElementModel {
  readonly attributes?: Readonly<Record<string, AttributeModel>>;
  /** Allowed child elements, in the order in which API Management wants them; the fewest and the most of each. */
  readonly children?: Readonly<Record<string, ChildModel>>;
  /** It holds policies, run in their order. */
  readonly policies?: true;
  /** It holds a text; with expressions unless `literal`. */
  readonly text?: 'literal' | 'expressions';
}

export interface ChildModel extends ElementModel {
  readonly least?: number;
  readonly most?: number;
}

export interface PolicyModel extends ElementModel {
  /** The sections it may stand in. */
  readonly sections: readonly Section[];
  /** A section of one document may hold it once. */
  readonly once?: true;
}

const text = { kind: 'text' } as const;
const needed = { kind: 'text', required: true } as const;
const evaluated = { kind: 'text', expressions: true } as const;
const name = { ...needed } as const;

const setStatus: ElementModel = {
  attributes: {
    code: { kind: 'integer', required: true, expressions: true },
    reason: { kind: 'text', required: true, expressions: true },
  },
};

const setHeader: ElementModel = {
  attributes: {
    name,
    'exists-action': { kind: ['override', 'skip', 'append', 'delete'] },
  },
  children: { value: { text: 'expressions' } },
};

const setBody: ElementModel = { text: 'expressions' };

const listOf = (child: string, more: ElementModel = {}): ChildModel => ({
  ...more,
  most: 1,
  children: { [child]: { text: 'literal', least: 1 } },
});

const validateJwt: PolicyModel = {
  sections: ['inbound'],
  attributes: {
    'header-name': needed,
    'failed-validation-httpcode': { kind: 'integer' },
    'failed-validation-error-message': text,
    'require-expiration-time': { kind: 'boolean' },
    'require-signed-tokens': { kind: ['true'] },
    'require-scheme': text,
    'clock-skew': { kind: 'integer' },
    'output-token-variable-name': text,
  },
  children: {
    'openid-config': { least: 1, attributes: { url: needed } },
    audiences: listOf('audience'),
    issuers: listOf('issuer'),
    'required-claims': {
      most: 1,
      children: {
        claim: {
          least: 1,
          attributes: { name, match: { kind: ['all', 'any'] }, separator: text },
          // What a claim without a value asks for is not documented.
          children: { value: { text: 'literal', least: 1 } },
        },
      },
    },
  },
};

const cors: PolicyModel = {
  sections: ['inbound'],
  once: true,
  attributes: {
    'allow-credentials': { kind: ['false'] },
    'terminate-unmatched-request': { kind: ['false'] },
  },
  children: {
    'allowed-origins': { ...listOf('origin'), least: 1 },
    'allowed-methods': {
      ...listOf('method', { attributes: { 'preflight-result-max-age': { kind: 'integer' } } }),
      least: 1,
    },
    'allowed-headers': { ...listOf('header'), least: 1 },
    'expose-headers': listOf('header'),
  },
};

const rateLimitByKey: PolicyModel = {
  sections: ['inbound'],
  attributes: {
    calls: { kind: 'integer', required: true, expressions: true },
    'renewal-period': { kind: 'integer', required: true, expressions: true, most: 300 },
    'counter-key': { kind: 'text', required: true, expressions: true },
    'retry-after-header-name': text,
    'retry-after-variable-name': text,
    'remaining-calls-header-name': text,
    'remaining-calls-variable-name': text,
  },
};

/**
 * The policies of API Management that may be used here, after the "Policy reference" of its documentation: each
 * with the attributes, child elements and sections that the local gateway runs as API Management does.
 */
export const policyModels: Readonly<Record<string, PolicyModel>> = {
  'check-header': {
    sections: ['inbound'],
    attributes: {
      name: { kind: 'text', required: true, expressions: true },
      'failed-check-httpcode': { kind: 'integer', required: true, expressions: true },
      'failed-check-error-message': { kind: 'text', required: true, expressions: true },
      'ignore-case': { kind: 'boolean', required: true },
    },
    children: { value: { text: 'literal' } },
  },
  choose: {
    sections,
    children: {
      when: {
        least: 1,
        attributes: { condition: { kind: 'boolean', required: true, expressions: true } },
        policies: true,
      },
      otherwise: { most: 1, policies: true },
    },
  },
  cors,
  'forward-request': {
    sections: ['backend'],
    once: true,
    attributes: {
      timeout: { kind: 'integer' },
      'buffer-response': { kind: ['false'], required: true },
      'follow-redirects': { kind: ['false'] },
    },
  },
  'include-fragment': { sections, attributes: { 'fragment-id': needed } },
  'rate-limit-by-key': rateLimitByKey,
  'return-response': {
    sections,
    children: {
      'set-status': { ...setStatus, most: 1 },
      'set-header': setHeader,
      'set-body': { ...setBody, most: 1 },
    },
  },
  'rewrite-uri': {
    sections: ['inbound'],
    attributes: { template: { ...evaluated, required: true }, 'copy-unmatched-params': { kind: 'boolean' } },
  },
  'send-one-way-request': {
    sections,
    attributes: {
      mode: { kind: ['new'], required: true },
      timeout: { kind: 'integer', required: true, expressions: true },
    },
    children: {
      'set-url': { text: 'expressions', least: 1, most: 1 },
      'set-method': { text: 'literal', least: 1, most: 1 },
      'set-header': setHeader,
      'set-body': { ...setBody, most: 1 },
    },
  },
  'set-backend-service': {
    sections: ['inbound', 'backend'],
    attributes: { 'backend-id': { ...evaluated, required: true } },
  },
  'set-header': { sections, ...setHeader },
  'set-variable': {
    sections,
    attributes: { name, value: { kind: 'variable', required: true, expressions: true } },
  },
  trace: {
    sections,
    attributes: { source: needed, severity: { kind: ['verbose', 'information', 'error'] } },
    children: {
      message: { text: 'expressions', least: 1, most: 1 },
      metadata: { attributes: { name, value: { ...evaluated, required: true } } },
    },
  },
  'validate-jwt': validateJwt,
};
