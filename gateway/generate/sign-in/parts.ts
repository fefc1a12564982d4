import type { RegisteredTenant } from '../../registry.ts';
import { includeFrameHost } from '../console/frame-host.ts';
import { backendUrlName } from '../named-values.ts';
import { indent } from '../xml.ts';

/** Headers that only this service's own pages have a use for, or that the gateway has dealt with. */
export const dropped = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `<set-header name="${name}" exists-action="delete" />`);

/**
 * What stands in place of a token at the authorization server, whose callers have none yet: whose route it is, and limits
 * by the caller's address. The backend hears under which name the gateway was asked: it is in what it says of itself.
 */
export function withoutToken({ slug, backend }: RegisteredTenant): readonly string[] {
  return [
    '<include-fragment fragment-id="strip-headers" />',
    '<include-fragment fragment-id="trace-context" />',
    includeFrameHost,
    `<set-variable name="tenant" value="${slug}" />`,
    `<set-variable name="backend" value="${backend}" />`,
    `<set-variable name="refusals-url" value="{{${backendUrlName(backend)}}}/gateway/refusals" />`,
    '<include-fragment fragment-id="sign-in-limits" />',
    `<set-header name="X-Forwarded-Host" exists-action="override">
  <value>@(context.Request.OriginalUrl.Host)</value>
</set-header>`,
    '<include-fragment fragment-id="backend" />',
  ];
}

/** Goes into on-error, before the scope around. */
export const tooManySignIns = `<choose>
  <when condition='@(context.LastError.Reason == "RateLimitExceeded")'>
    <set-variable name="refusal-status" value="@(429)" />
    <set-variable name="refusal-reason" value="SignInLimitExceeded" />
    <include-fragment fragment-id="count-refusal" />
    <include-fragment fragment-id="too-many-requests" />
  </when>
</choose>`;

export interface Refusal {
  /** A condition of the policies' language. */
  readonly when: string;
  readonly status: number;
  readonly title: string;
  /** A sentence that says what to do. */
  readonly detail: string;
}

/** Refuses the first that applies, and tells the backend. */
export function refuse(refusals: readonly Refusal[]): string {
  const cases = refusals.map(
    ({ when, status, title, detail }) => `<when condition='@(${when})'>
  <set-variable name="refusal-status" value="@(${status})" />
  <set-variable name="refusal-reason" value="SignInRequestRefused" />
  <include-fragment fragment-id="count-refusal" />
  <set-variable name="problem-status" value="@(${status})" />
  <set-variable name="problem-title" value="${title}" />
  <set-variable name="problem-detail" value="${detail}" />
  <include-fragment fragment-id="problem" />
</when>`,
  );
  return `<choose>\n${indent(2, cases)}\n</choose>`;
}

/** A policy of these sections around the scope above. */
export function around(sections: {
  readonly inbound: readonly string[];
  readonly onError?: readonly string[];
}): string {
  return `<policies>
  <inbound>
${indent(4, sections.inbound)}
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
${indent(4, [...(sections.onError ?? []), '<base />'])}
  </on-error>
</policies>`;
}
