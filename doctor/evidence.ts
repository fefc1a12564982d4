import type { Actor } from '#platform/identity/actor';
import type { AnyTool } from '#platform/mcp/definitions/tool';
import type { Environment } from '#platform/settings/read';
import type { SwitchRecord } from '#platform/storage/switch-store';
import type { GatewayValues } from '../gateway/deploy/values.ts';
import type { PolicyBundle } from '../gateway/language/bundle.ts';
import type { Registry } from '../gateway/registry.ts';

/** Something that was looked at; or why it was not asked for; or what went wrong when it was. */
export type Known<T> = { readonly value: T } | Unknown;
export type Unknown = { readonly missing: string } | { readonly problem: string };

/** Everything that the checks judge; none of them looks anywhere else. */
export interface Evidence {
  /** App settings of the deployment. */
  readonly environment: Known<Environment>;
  /** The same where they are those of a function app on Flex Consumption, which refuses some. */
  readonly flexSettings: Known<Environment>;
  /** The settings of other apps, or slots, beside this one. */
  readonly beside: readonly { readonly file: string; readonly settings: Environment }[];
  /** What is deployed to the gateway. */
  readonly gateway: Known<GatewayFiles>;
  /** With what values it is deployed. */
  readonly gatewayValues: Known<GatewayValues>;
  /** Tier of the API Management in front, as its `sku.name`. */
  readonly tier: Known<string>;
  /** The tools of this version of the product. */
  readonly tools: readonly AnyTool[];
  /** How the language model of the settings answered a question. */
  readonly model: Known<ModelTrial>;
  /** Likewise every other one that may be asked: the second one, and those that tenants have of their own. */
  readonly otherModels: readonly OtherModel[];
  /** Who has an account, where the service has the accounts itself. */
  readonly people: Known<readonly PeopleOf[]>;
  /** What the storage of the settings says is switched off. */
  readonly switches: Known<readonly SwitchRecord[]>;
  /** Names of the files of a release that are as their builder signed them. */
  readonly release: Known<readonly string[]>;
  readonly backups: Known<readonly BackupFound[]>;
  readonly live: LiveEvidence;
}

/** Those of a tenant who can sign in: they have used their invitation. */
export interface PeopleOf {
  readonly tenant: string;
  /** Of each person, as the business names them. */
  readonly roles: readonly (readonly string[])[];
}

/** A folder with a back-up. */
export interface BackupFound {
  readonly folder: string;
  readonly tenant: string;
  /** Since it was finished. */
  readonly days: number;
  /** Why it is none to go back to; undefined when it is whole. */
  readonly problem: string | undefined;
}

export interface OtherModel {
  /** Which one it is, such as `The second model, spare`. */
  readonly which: string;
  readonly trial: Known<ModelTrial>;
}

export interface ModelTrial {
  /** Name under which it answered. */
  readonly model: string;
  readonly turns: number;
  readonly calledTool: boolean;
  /** Whether what it said at the end could be used. */
  readonly answered: boolean;
  /** Whether an embedding model is configured, which then answered, too. */
  readonly embeds: boolean;
  /** Members of a request that its server refuses, and that are left out for it. */
  readonly leftOut: readonly string[];
}

export interface GatewayFiles {
  readonly bundle: PolicyBundle;
  readonly registry: Registry;
}

/** What a running service answered. */
export interface LiveEvidence {
  /** Address of the MCP endpoint that was asked. */
  readonly url: Known<string>;
  /** How a client with the token connected before anything else was asked. */
  readonly firstConnect: Known<FirstConnect>;
  readonly withoutToken: Known<HttpAnswer>;
  /** With a token that nobody signed. */
  readonly withForgedToken: Known<HttpAnswer>;
  /** The protected-resource metadata at its well-known address (RFC 9728). */
  readonly metadata: Known<ResourceMetadata>;
  /** What the tenant's authorization server says of itself, where that is the service (RFC 8414). */
  readonly serverMetadata: Known<ServerMetadata>;
  /** Claims of the token that the doctor was given. */
  readonly claims: Known<Claims>;
  /** Tools that the caller of that token is shown. */
  readonly tools: Known<readonly ListedTool[]>;
  readonly agenticTools: Known<readonly ListedTool[]>;
  /** Tools that a caller without any role is shown. */
  readonly toolsWithoutRole: Known<readonly ListedTool[]>;
  /** Whether a call that the doctor made is in the audit trail. */
  readonly audited: Known<boolean>;
  readonly longJob: Known<LongJob>;
  /** What a result of the call that may be tried has in its `_meta`. */
  readonly labelled: Known<Labelled>;
}

export interface Labelled {
  readonly tool: string;
  readonly meta: Readonly<Record<string, unknown>> | undefined;
}

export interface FirstConnect {
  /** From the beginning to the list of tools. */
  readonly milliseconds: number;
  /** How long the doctor had waited before without a call. */
  readonly idleMinutes: number;
}

export interface HttpAnswer {
  readonly status: number;
  /** The header WWW-Authenticate. */
  readonly challenge: string | undefined;
}

export interface ResourceMetadata {
  readonly address: string;
  readonly resource: string;
  readonly authorizationServers: readonly string[];
  readonly scopes: readonly string[];
}

export interface ServerMetadata {
  /** As the protected-resource metadata names it. */
  readonly server: string;
  /** Of the document. */
  readonly address: string;
  readonly issuer: string;
  /** Clients may register themselves (RFC 7591). */
  readonly registers: boolean;
  /** Client ids may be addresses of metadata documents. */
  readonly readsClientDocuments: boolean;
  /** PKCE with S256 (RFC 7636). */
  readonly provesCodes: boolean;
  /** Answers say whose they are (RFC 9207). */
  readonly namesIssuer: boolean;
  /** Identity assertions of an organisation's own identity provider are exchanged for tokens (RFC 7523). */
  readonly takesAssertions: boolean;
}

export interface Claims {
  readonly aud: string;
  readonly tid: string;
  readonly oid: string;
  readonly roles: readonly string[];
  /** Who acts by what the token says. */
  readonly actor: Actor;
  /** It has the claims that tell agents from people. */
  readonly tellsAgents: boolean;
}

export interface ListedTool {
  readonly name: string;
  readonly typedInput: boolean;
  readonly typedOutput: boolean;
}

/** A job that reports progress. Times in milliseconds since it was asked for. */
export interface LongJob {
  readonly progress: readonly { readonly at: number; readonly value: number }[];
  readonly endedAt: number;
}
