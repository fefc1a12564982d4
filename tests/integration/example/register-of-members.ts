import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { profileApi } from '#emulators/identity/directory';
import { type HttpServer, serveHttp } from '../../support/serve-http.ts';

export interface Register {
  readonly url: string;
  /** Of each request whose token was good. */
  readonly seen: JWTPayload[];
  stop(): Promise<void>;
}

/**
 * The small protected API of another team: `GET /me` for whoever a token of this directory for this API and scope says. It
 * knows nothing of the service that calls, and checks everything itself.
 * @param issuer the directory's
 * @param members by object id
 */
export async function startRegister(
  issuer: string,
  members: Readonly<Record<string, object>>,
): Promise<Register> {
  const keys = createRemoteJWKSet(new URL(issuer.replace(/v2\.0$/, 'discovery/v2.0/keys')));
  const seen: JWTPayload[] = [];
  const server: HttpServer = await serveHttp(async (request) => {
    const token = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
    const payload = await jwtVerify(token, keys, {
      issuer,
      audience: profileApi.clientId,
      algorithms: ['RS256'],
      requiredClaims: ['oid', 'exp', 'scp'],
    }).then(
      (verified) => verified.payload,
      () => undefined,
    );
    if (payload === undefined || payload.scp !== profileApi.scope) {
      return new Response(null, { status: 401 });
    }
    seen.push(payload);
    const member = members[String(payload.oid)];
    const isMe = request.method === 'GET' && new URL(request.url).pathname === '/me';
    return isMe && member !== undefined ? Response.json(member) : new Response(null, { status: 404 });
  });
  return { url: `http://127.0.0.1:${server.port}`, seen, stop: () => server.close() };
}
