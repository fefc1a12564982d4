import type { AuditTrail } from '../../access/audit.ts';
import type { SwitchBoard } from '../../access/switch-board.ts';
import type { Principal } from '../../identity/principal.ts';
import type { KeyRing } from '../../key-ring.ts';
import type { UsedNonceStore } from '../../storage/used-nonce-store.ts';
import type { Logger } from '../../telemetry/log.ts';
import type { Lifetime } from '../calling-off.ts';
import type { ToolCall } from '../definitions/tool.ts';
import type { StateCodec } from '../dialogue.ts';
import type { ApprovalDesk } from './approve.ts';

/** What every surface of a process shares. */
export interface PipelineOptions {
  /** What tools may use for this caller, besides the request itself. */
  readonly resources: (principal: Principal) => TenantResources;
  /** What the deployment chose about the business; handed to every call as it is. */
  readonly policy: unknown;
  readonly trail: AuditTrail;
  /** What the operator switched off; nothing when left out. */
  readonly switches?: SwitchBoard;
  /** Where calls wait that need a second person; none does when left out. */
  readonly approvals?: ApprovalDesk | undefined;
  /** Secret for confirmation codes, argument digests and the log's pseudonyms. */
  readonly signingKeys: KeyRing;
  readonly states: StateCodec;
  /** Tokens of a caller for other services; nobody is acted for when left out. */
  readonly downstream?: (principal: Principal) => NonNullable<ToolCall['downstream']>;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly lifetime?: Lifetime;
}

export type TenantResources<Store = unknown> = Pick<ToolCall<Store>, 'store' | 'knowledge'> & {
  readonly usedNonces: UsedNonceStore;
};
