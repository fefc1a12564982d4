import type { ProtocolEra } from '@modelcontextprotocol/server';
import type { Principal } from '../identity/principal.ts';
import type { ClientExtensions } from './client-extensions.ts';

/** For whom, and by which revision of the protocol, the server object of one request is built. */
export interface ServedRequest {
  /** `modern` from 2026-07-28 on. */
  readonly era: ProtocolEra;
  readonly principal: Principal;
  /** The revision itself, such as `2025-11-25`; undefined when the client did not say it. */
  readonly revision: string | undefined;
  /** Extensions that the client declares, by their ids, with what it says of each; in a session, those that are acted on. */
  readonly extensions: ClientExtensions;
  /** Whether the server says who it is in full: to those who ask for that, not with every answer. */
  readonly introduces: boolean;
}
