import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWK, JWTHeaderParameters, JWTPayload } from 'jose';
import type Provider from 'oidc-provider';
import type { DirectoryTenant } from './directory.ts';
import { type DirectoryKeeper, keepNothing } from './kept.ts';
import { KeyRing } from './key-ring.ts';
import { memoryStore } from './memory-store.ts';
import type { IdentifierUris } from './resources.ts';
import { serveSignIn } from './sign-in-interaction.ts';
import { tenantProvider } from './tenant-provider.ts';

export interface IssuerOptions {
  readonly tenant: DirectoryTenant;
  /** Address of the whole identity provider. */
  readonly origin: string;
  readonly identifierUris: IdentifierUris;
  /** What outlives a restart; nothing without it. */
  readonly keeper?: DirectoryKeeper;
}

/** One directory as the network sees it; its keys change while it runs. */
export class Issuer {
  /** The `iss` of its v2 tokens. */
  readonly issuer: string;
  readonly #options: IssuerOptions;
  readonly #keys: KeyRing;
  readonly #keeper: DirectoryKeeper;
  readonly #adapter: ReturnType<typeof memoryStore>;
  readonly #cookieKey = randomBytes(32).toString('base64url');
  #provider: Provider;

  private constructor(options: IssuerOptions, keys: KeyRing) {
    this.#options = options;
    this.#keys = keys;
    this.#keeper = options.keeper ?? keepNothing;
    this.#adapter = memoryStore(this.#keeper);
    this.issuer = `${options.origin}/${options.tenant.tid}/v2.0`;
    this.#provider = this.#newProvider();
  }

  static async create(options: IssuerOptions): Promise<Issuer> {
    const keys = await KeyRing.create(options.keeper?.kept.keys);
    options.keeper?.keepKeys(keys.privateJwks.keys);
    return new Issuer(options, keys);
  }

  async rotateKeys(): Promise<void> {
    await this.#keys.rotate();
    this.#useKeys();
  }

  retireOldKeys(): void {
    this.#keys.retireOld();
    this.#useKeys();
  }

  get tenant(): DirectoryTenant {
    return this.#options.tenant;
  }

  /** Whether the code or the refresh token of a token request is this directory's. */
  async gave(form: URLSearchParams): Promise<boolean> {
    const [model, id] =
      form.get('grant_type') === 'refresh_token'
        ? (['RefreshToken', form.get('refresh_token')] as const)
        : (['AuthorizationCode', form.get('code')] as const);
    return id !== null && (await this.#adapter(model).find(id)) !== undefined;
  }

  publishedKeys(): JWK[] {
    return this.#keys.publicJwks.keys;
  }

  async mint(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string> {
    return await this.#keys.sign(claims, header);
  }

  /** `path` is what the library knows the endpoint by; `request.url` becomes it. */
  async serveLibrary(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    forgetSession(request);
    const url = `${path}${withConsentForRefreshTokens(searchOf(request))}`;
    // How connect-like servers tell a mounted application what is before its own path.
    Object.assign(request, { url, originalUrl: `/${this.#options.tenant.tid}${url}` });
    await this.#provider.callback()(request, response);
  }

  async serveSignIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { tenant, identifierUris } = this.#options;
    const choice = new URLSearchParams(searchOf(request));
    await serveSignIn({ request, response, choice, tenant, identifierUris, provider: this.#provider });
  }

  #useKeys(): void {
    this.#keeper.keepKeys(this.#keys.privateJwks.keys);
    this.#provider = this.#newProvider();
  }

  #newProvider(): Provider {
    return tenantProvider({
      ...this.#options,
      issuer: this.issuer,
      keys: this.#keys,
      adapter: this.#adapter,
      cookieKey: this.#cookieKey,
    });
  }
}

function searchOf({ url = '/' }: IncomingMessage): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

/** No single sign-on: who tries out roles wants to be asked each time, and a second user must not meet the first one's session. */
function forgetSession(request: IncomingMessage): void {
  const cookies = request.headers.cookie?.split(/; */).filter((cookie) => !/^_session(\.sig)?=/.test(cookie));
  if (cookies !== undefined) {
    request.headers.cookie = cookies.join('; ');
  }
}

/** Entra gives a refresh token to who asks for `offline_access`; the library wants `prompt=consent` besides (OpenID Connect Core section 11). */
function withConsentForRefreshTokens(search: string): string {
  const query = new URLSearchParams(search);
  const prompts = query.get('prompt')?.split(' ') ?? [];
  const wantsRefresh = query.get('scope')?.split(' ').includes('offline_access') ?? false;
  if (!wantsRefresh || prompts.includes('consent') || prompts.includes('none')) {
    return search;
  }
  query.set('prompt', [...prompts, 'consent'].join(' '));
  return `?${query}`;
}
