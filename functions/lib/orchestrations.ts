import type { HttpFunctionOptions, HttpHandler, InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { App } from '../../shared/app.ts';
import { serve } from './http.ts';
import { product } from './setup.ts';

/** The durable engine, as the app uses it. */
type OrchestrationClient = Parameters<App['jobs']['connect']>[0];

/** Like `serve`, for what starts or follows jobs; its trigger names {@link durableClient} among its inputs. */
export function serveWithJobs(answer: (app: App, request: Request) => Promise<Response>): HttpHandler {
  return serve((app, request, context) => {
    app.jobs.connect(orchestrationClient(context));
    return answer(app, request);
  });
}

/** The same for what has jobs only in some deployments: elsewhere the engine is no part of its invocations. */
export function servePerhapsWithJobs(
  answer: (app: App, request: Request) => Promise<Response>,
): Pick<HttpFunctionOptions, 'handler' | 'extraInputs'> {
  return product?.callsWait === true
    ? { extraInputs: [durableClient], handler: serveWithJobs(answer) }
    : { handler: serve(answer) };
}

/** The durable engine of the host, for an invocation that was registered with {@link durableClient}. */
export function orchestrationClient(context: InvocationContext): OrchestrationClient {
  const client = df.getClient(context);
  const status = async (instanceId: string) => {
    const found = await absentAs(undefined, () => client.getStatus(instanceId));
    return (
      found && {
        runtimeStatus: found.runtimeStatus,
        customStatus: found.customStatus,
        output: found.output,
        updatedAt: found.lastUpdatedTime,
      }
    );
  };
  return {
    status,
    async start(name, instanceId, input) {
      try {
        await client.startNew(name, { instanceId, input });
      } catch (error) {
        // The host answers 409 when the id is taken, an older one 500, as it does when it fails.
        if ((await status(instanceId)) === undefined) {
          throw error;
        }
      }
    },
    raise: (instanceId, event) => absentAs(undefined, () => client.raiseEvent(instanceId, event, {})),
    terminate: (instanceId, reason) => absentAs(undefined, () => client.terminate(instanceId, reason)),
    async purge(instanceId) {
      await client.purgeInstanceHistory(instanceId);
    },
  };
}

/** The input binding that hands the engine to an invocation. */
export const durableClient = df.input.durableClient();

/** For an id that the host does not know the library throws an error that only its text tells from others. */
async function absentAs<T>(fallback: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && /HTTP 404|^No instance with ID/.test(error.message)) {
      return fallback;
    }
    throw error;
  }
}
