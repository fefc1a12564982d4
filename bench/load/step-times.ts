/** Where the durable engine tells what happened; the same paths as the real extension's. */
const instances = '/runtime/webhooks/durabletask/instances';

interface Instance {
  readonly instanceId: string;
  readonly input: { readonly request?: { readonly device_name?: string } } | null;
  readonly historyEvents?: readonly { readonly ScheduledTime?: string }[];
}

/** When each step of each job was scheduled, in milliseconds since the epoch, by the name of the device. */
export async function stepTimes(origin: string): Promise<ReadonlyMap<string, readonly number[]>> {
  const times = new Map<string, readonly number[]>();
  for await (const { instanceId, input } of allInstances(origin)) {
    const { body } = await get<Instance>(`${origin}${instances}/${instanceId}?showHistory=true`);
    const steps = (body.historyEvents ?? []).flatMap(({ ScheduledTime: at }) => (at ? [Date.parse(at)] : []));
    times.set(input?.request?.device_name ?? instanceId, steps);
  }
  return times;
}

const continuation = 'x-ms-continuation-token';

async function* allInstances(origin: string): AsyncGenerator<Instance> {
  let token: string | null = null;
  do {
    const headers: Record<string, string> = token === null ? {} : { [continuation]: token };
    const page: Page<readonly Instance[]> = await get(`${origin}${instances}?showInput=true`, headers);
    yield* page.body;
    token = page.next;
  } while (token);
}

interface Page<Body> {
  readonly body: Body;
  readonly next: string | null;
}

async function get<Body>(url: string, headers: Record<string, string> = {}): Promise<Page<Body>> {
  const response = await fetch(url, { headers });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}.`);
  }
  return { body: (await response.json()) as Body, next: response.headers.get(continuation) };
}
