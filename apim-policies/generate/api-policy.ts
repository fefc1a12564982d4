import type { RegisteredTenant } from '../registry.ts';
import { generatedXml } from './xml.ts';

/** The policy of one tenant's API: everything a call passes before it reaches that tenant's backend. */
export function apiPolicy({ slug, route }: RegisteredTenant): string {
  return generatedXml(
    `The edge of ${route}: nothing reaches the backend that is not a permitted call of this tenant.`,
    `<policies>
  <inbound>
    <base />
    <set-variable name="route" value="${route}" />
    <include-fragment fragment-id="validate-token" />
    <choose>
      <when condition='@(((Jwt)context.Variables["jwt"]).Issuer != "{{authority}}/" + (string)context.Variables["tid"] + "/v2.0")'>
        <set-variable name="token-problem" value="The token was issued by another directory than the one it names." />
        <include-fragment fragment-id="challenge" />
      </when>
    </choose>
    <include-fragment fragment-id="tenant-map" />
    <choose>
      <when condition='@(context.Variables.GetValueOrDefault&lt;string&gt;("tenant", "") != "${slug}")'>
        <trace source="edge" severity="information">
          <message>The tenant may not use this route.</message>
          <metadata name="tid" value='@((string)context.Variables["tid"])' />
          <metadata name="route" value="${route}" />
        </trace>
        <set-variable name="problem-status" value="@(403)" />
        <set-variable name="problem-title" value="Forbidden" />
        <set-variable name="problem-detail" value="Your organisation may not use this address." />
        <include-fragment fragment-id="problem" />
      </when>
    </choose>
    <include-fragment fragment-id="permissions" />
    <choose>
      <when condition='@(!context.Variables.GetValueOrDefault&lt;bool&gt;("permitted", true))'>
        <trace source="edge" severity="information">
          <message>The caller lacks a permission.</message>
          <metadata name="oid" value='@((string)context.Variables["oid"])' />
          <metadata name="tool" value='@((string)context.Variables["tool"])' />
        </trace>
        <set-variable name="problem-status" value="@(403)" />
        <set-variable name="problem-title" value="Forbidden" />
        <set-variable name="problem-detail" value='@("The tool needs the permission " + (string)context.Variables["needed-permission"]
          + "; ask your administrator for a role that has it.")' />
        <include-fragment fragment-id="problem" />
      </when>
    </choose>
    <include-fragment fragment-id="rate-limits" />
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
      <when condition='@(context.LastError.Reason == "TokenIssuerNotAllowed")'>
        <set-variable name="problem-status" value="@(403)" />
        <set-variable name="problem-title" value="Forbidden" />
        <set-variable name="problem-detail" value="The token was not issued by a directory that is onboarded here." />
        <include-fragment fragment-id="problem" />
      </when>
      <when condition='@(context.LastError.Source == "validate-jwt" &amp;&amp; context.Response.StatusCode == 401)'>
        <set-variable name="token-problem" value='@(!context.Request.Headers.ContainsKey("Authorization") ? "Send an access token."
          : context.LastError.Reason == "TokenExpired" ? "The token has expired; get a new one."
          : context.LastError.Reason == "TokenAudienceNotAllowed" ? "The token is for another service."
          : context.LastError.Reason == "TokenClaimNotFound" ? "The token lacks a claim."
          : "The token is not valid.")' />
        <include-fragment fragment-id="challenge" />
      </when>
      <when condition='@(context.LastError.Reason == "RateLimitExceeded")'>
        <include-fragment fragment-id="too-many-requests" />
      </when>
    </choose>
    <base />
  </on-error>
</policies>`,
  );
}
