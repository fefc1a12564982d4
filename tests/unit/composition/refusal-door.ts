import { type AuditEntry, AuditTrail } from '#platform/access/audit';
import { tenantId } from '#platform/identity/tenant';
import { createLogger } from '#platform/telemetry/log';
import { gatewayRefusals } from '#shared/composition/gateway-refusals/endpoint';
import { refusalRecorder } from '#shared/composition/refusals';

export const key = 'only the gateway knows this key';
export const tid = 'c0000000-0000-4000-8000-000000000001';
export const otherTid = 'f0000000-0000-4000-8000-000000000002';

/** Where the gateway reports what it refused, at a time that the test says, with what was recorded and logged. */
export class RefusalDoor {
  /** Milliseconds. */
  time = 0;
  /** Entries that could not be written. */
  lost = 0;
  readonly lines: Record<string, unknown>[] = [];
  readonly #stored = new Map<string, AuditEntry>();
  readonly #trail = new AuditTrail(
    {
      write: async (entries: readonly AuditEntry[]) => {
        for (const entry of entries) {
          this.#stored.set(entry.id, entry);
        }
      },
    },
    () => {
      this.lost += 1;
    },
  );
  #endpoint = this.#endpointWith([key]);

  /** As after a restart with other keys. */
  reopen(gatewayKeys: readonly string[]): void {
    this.#endpoint = this.#endpointWith(gatewayKeys);
  }

  /** @returns the status of the answer */
  async report(body: unknown, headers: Record<string, string> = { 'x-gateway-key': key }): Promise<number> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const request = new Request('http://backend/gateway/refusals', { method: 'POST', headers, body: text });
    return (await this.#endpoint(request)).status;
  }

  async entries(): Promise<AuditEntry[]> {
    await this.#trail.flush();
    return [...this.#stored.values()];
  }

  #endpointWith(gatewayKeys: readonly string[]) {
    const now = () => new Date(this.time);
    const logger = createLogger('info', now, (line) => this.lines.push(JSON.parse(line)));
    const records = { trail: this.#trail, signingKey: 'k'.repeat(32), now, logger };
    return gatewayRefusals({
      ...records,
      gatewayKeys,
      tenants: [
        { slug: tenantId('contoso'), tenantIds: [tid], displayName: 'Contoso' },
        { slug: tenantId('fabrikam'), tenantIds: [otherTid], displayName: 'Fabrikam' },
      ],
      isTool: (name) => name === 'unlock_account',
      refused: refusalRecorder(records),
    });
  }
}

let ids = 0;
function newId(): string {
  ids += 1;
  return `a0000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
}

export const forbidden = () => ({
  id: newId(),
  tenant: 'contoso',
  status: 403,
  reason: 'missing:security.write',
  tool: 'unlock_account',
  tid,
  oid: '0b000000-0000-4000-8000-000000000001',
  application: 'e0000000-0000-4000-8000-00000000000e',
});
export const limited = () => ({ ...forbidden(), status: 429, reason: 'too_many_calls', tool: '' });
export const unproven = (reason = 'TokenExpired') => ({
  id: newId(),
  tenant: 'contoso',
  status: 401,
  reason,
});
