import { localTenant } from '../../../emulators/identity/tenants.ts';
import { serveHttp } from '../../support/serve-http.ts';
import type { Form, Outcome } from './requests.ts';
import { routes, type World } from './world.ts';

/** Sends a form to an instance whose identity provider answers the same to everything. */
export async function lyingProvider(
  world: World,
  answer: Response,
  operation: string,
  form: Form,
): Promise<Outcome> {
  const provider = await serveHttp(async () => answer.clone());
  try {
    const instance = await world.instance({ AUTHORITY: `http://127.0.0.1:${provider.port}` });
    return await ask(world, instance, operation, form);
  } finally {
    await provider.close();
  }
}

/**
 * Sends a form to the token endpoints of two instances whose identity provider gives tokens to both, and to neither before
 * both have asked.
 */
export async function bothAtOnce(world: World, form: Form): Promise<readonly Outcome[]> {
  const [tid] = localTenant('contoso').tenantIds;
  const access_token = await world.provider.mint('contoso', { tid, oid: tid });
  let asked = 0;
  let answer = () => {};
  const both = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const provider = await serveHttp(async () => {
    asked += 1;
    if (asked === 2) {
      answer();
    }
    await both;
    return Response.json({ access_token, token_type: 'Bearer', expires_in: 3600 });
  });
  try {
    const env = { AUTHORITY: `http://127.0.0.1:${provider.port}` };
    const instances = [await world.instance(env), await world.instance(env)];
    return await Promise.all(instances.map((instance) => ask(world, instance, 'token', form)));
  } finally {
    await provider.close();
  }
}

/** Sends a form to one instance. */
export async function ask(
  { origin }: Pick<World, 'origin'>,
  { answer }: { answer(request: Request): Promise<Response> },
  operation: string,
  form: Form,
  headers: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const body = new URLSearchParams(
    Object.entries(form).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const response = await answer(
    new Request(`${origin}/${routes.contoso}/oauth/${operation}`, {
      method: 'POST',
      body,
      headers: { host: new URL(origin).host, ...headers },
    }),
  );
  return { status: response.status, headers: response.headers, text: await response.text() };
}
