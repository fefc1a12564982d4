import type { RegisteredTenant } from '../registry.ts';
import { hasOwnServer } from '../sign-in.ts';
import { type Exposure, ownExposure } from './exposure.ts';
import { backendUrlName, planNames } from './named-values.ts';
import { longBodyCheck } from './refusal.ts';
import { entryCheck, toolSetCheck } from './unit-policy.ts';
import { validateToken } from './validate-token.ts';
import { generatedXml, indent } from './xml.ts';

/**
 * The policy of one tenant's API: everything a call passes before it reaches that tenant's backend. What is the tenant's
 * own stands here and nowhere else, so that no file grows with the number of tenants.
 */
export function apiPolicy(tenant: RegisteredTenant, exposure: Exposure = ownExposure): string {
  const { slug, route, backend, plan } = tenant;
  const { tenantCalls, userCalls } = planNames(plan);
  // Who stands in front of a directory knows the whole name of the scope there.
  const ownServer = hasOwnServer(tenant) ? '\n    <set-variable name="bare-scope" value="@(true)" />' : '';
  return generatedXml(
    `The edge of ${route}: nothing reaches the backend that is not a permitted call of this tenant.`,
    `<policies>
  <inbound>
    <base />
    <set-variable name="route" value="${route}" />
    <set-variable name="tenant" value="${slug}" />${ownServer}
    <set-variable name="backend" value="${backend}" />
    <set-variable name="refusals-url" value="{{${backendUrlName(backend)}}}/gateway/refusals" />
    <set-variable name="tenant-calls" value="@({{${tenantCalls}}})" />
    <set-variable name="user-calls" value="@({{${userCalls}}})" />
${indent(4, [validateToken(tenant)])}
    <include-fragment fragment-id="caller" />
    <choose>
      <when condition='@(context.Variables.ContainsKey("token-problem"))'>
        <set-variable name="refusal-status" value="@(401)" />
        <include-fragment fragment-id="count-refusal" />
        <include-fragment fragment-id="challenge" />
      </when>
    </choose>
${lines(entryCheck(tenant))}    <include-fragment fragment-id="rate-limits" />
${indent(4, [longBodyCheck])}
    <include-fragment fragment-id="permissions" />
${lines(toolSetCheck(tenant, exposure))}    <choose>
      <when condition='@(!context.Variables.GetValueOrDefault&lt;bool&gt;("permitted", true))'>
        <trace source="edge" severity="information">
          <message>The caller lacks a permission.</message>
          <metadata name="oid" value='@((string)context.Variables["oid"])' />
          <metadata name="tool" value='@((string)context.Variables["tool"])' />
        </trace>
        <set-variable name="refusal-status" value="@(403)" />
        <set-variable name="refusal-reason" value='@("missing:" + (string)context.Variables["needed-permission"])' />
        <include-fragment fragment-id="report-refusal" />
        <set-variable name="problem-status" value="@(403)" />
        <set-variable name="problem-title" value="Forbidden" />
        <set-variable name="problem-detail" value='@("The tool needs the permission " + (string)context.Variables["needed-permission"]
          + "; ask your administrator for a role that has it.")' />
        <include-fragment fragment-id="problem" />
      </when>
    </choose>
    <include-fragment fragment-id="backend" />
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <choose>
      <when condition='@(context.LastError.Reason == "TokenIssuerNotAllowed" || context.LastError.Reason == "TokenClaimValueNotAllowed")'>
        <trace source="edge" severity="information">
          <message>The token is of another organisation.</message>
          <metadata name="route" value="${route}" />
        </trace>
        <set-variable name="refusal-status" value="@(403)" />
        <set-variable name="refusal-reason" value="@(context.LastError.Reason)" />
        <include-fragment fragment-id="count-refusal" />
        <set-variable name="problem-status" value="@(403)" />
        <set-variable name="problem-title" value="Forbidden" />
        <set-variable name="problem-detail" value="Your organisation may not use this address." />
        <include-fragment fragment-id="problem" />
      </when>
      <when condition='@(context.LastError.Source == "validate-jwt" &amp;&amp; context.Response.StatusCode == 401)'>
        <set-variable name="token-problem" value='@(!context.Request.Headers.ContainsKey("Authorization") ? "Send an access token."
          : context.LastError.Reason == "TokenExpired" ? "The token has expired; get a new one."
          : context.LastError.Reason == "TokenAudienceNotAllowed" ? "The token is for another service."
          : context.LastError.Reason == "TokenClaimNotFound" ? "The token lacks a claim."
          : "The token is not valid.")' />
        <set-variable name="refusal-status" value="@(401)" />
        <set-variable name="refusal-reason" value="@(context.LastError.Reason)" />
        <include-fragment fragment-id="count-refusal" />
        <include-fragment fragment-id="challenge" />
      </when>
      <when condition='@(context.LastError.Reason == "RateLimitExceeded")'>
        <set-variable name="refusal-status" value="@(429)" />
        <set-variable name="refusal-reason" value="too_many_calls" />
        <include-fragment fragment-id="report-refusal" />
        <include-fragment fragment-id="too-many-requests" />
      </when>
    </choose>
    <base />
  </on-error>
</policies>`,
  );
}

/** Each with an end of line; nothing for none. */
function lines(parts: readonly string[]): string {
  return parts.map((part) => `${indent(4, [part])}\n`).join('');
}
