import type { ProtocolEra } from '@modelcontextprotocol/server';
import type * as z from 'zod';
import type { Principal } from '../identity/principal.ts';
import type { JsonObject } from './http/body.ts';
import type { StaticMcpServer } from './static-server.ts';

/** For whom, and by which revision of the protocol, the server object of one request is built. */
export interface ServedRequest {
  /** `modern` from 2026-07-28 on. */
  readonly era: ProtocolEra;
  readonly principal: Principal;
  /** The revision itself, such as `2025-11-25`; undefined when the client did not say it. */
  readonly revision: string | undefined;
}

/** A part of the protocol that a surface may have or not have. Hooks are called in the order of the surface's list. */
export interface ServerExtension {
  /** Schemas of the parameters of its own methods, by method. */
  readonly params?: Readonly<Record<string, z.ZodType>>;
  /** Declares capabilities, adds handlers or replaces them; called before the server object is connected. */
  readonly extend?: (server: StaticMcpServer, request: ServedRequest) => void;
  /**
   * Sees every message that the caller may send before it is dispatched. A response answers it; undefined passes it
   * on. Nothing of the protocol layer has checked the message yet.
   */
  readonly intercept?: (
    request: Request,
    body: JsonObject,
    principal: Principal,
  ) => Promise<Response | undefined>;
  /**
   * Whether the answer to this message has to be a stream from its first byte on. Without that, an answer of the
   * `modern` era is a stream only after its first notification; older revisions always get one.
   */
  readonly streams?: (body: JsonObject) => boolean;
}
