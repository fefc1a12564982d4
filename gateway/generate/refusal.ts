export interface Refusal {
  /** In C#, escaped. */
  readonly condition: string;
  /** What is done before the answer. */
  readonly first?: string;
  readonly status?: { readonly code: number; readonly title: string };
  readonly reason: string;
  readonly trace: string;
  readonly detail: string;
}

const forbidden = { code: 403, title: 'Forbidden' };

/** Answers a call of a caller who is known, and tells the tenant's backend of it. */
export function refusal({ condition, first, status = forbidden, reason, trace, detail }: Refusal): string {
  return `<choose>
  <when condition='@(${condition})'>${first === undefined ? '' : `\n    ${first}`}
    <trace source="edge" severity="information">
      <message>${trace}</message>
      <metadata name="oid" value='@((string)context.Variables["oid"])' />
    </trace>
    <set-variable name="refusal-status" value="@(${status.code})" />
    <set-variable name="refusal-reason" value="${reason}" />
    <include-fragment fragment-id="report-refusal" />
    <set-variable name="problem-status" value="@(${status.code})" />
    <set-variable name="problem-title" value="${status.title}" />
    <set-variable name="problem-detail" value="${detail}" />
    <include-fragment fragment-id="problem" />
  </when>
</choose>`;
}

/**
 * A body of seven digits and more by its own account. The host behind the gateway reads and parses a whole body before
 * the backend may refuse it; a body that does not say its length is counted there.
 */
export const longBodyCheck = refusal({
  condition: 'context.Request.Headers.GetValueOrDefault("Content-Length", "").Length &gt; 6',
  status: { code: 413, title: 'Content Too Large' },
  reason: 'body_too_long',
  trace: 'The body is too long.',
  detail: 'Send less than 1,000,000 bytes.',
});
