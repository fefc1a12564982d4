/**
 * What a number of calls costs on the bill. Prices change and differ by region and plan, so they are names here: take
 * them from the price list of the region on the day you ask.
 */
export const costModel: readonly string[] = [
  '## What a million calls cost',
  'Two things are billed per call: executions of functions with the time that they take, and transactions of Table Storage. With the quantities of the tables above:',
  [
    '```text',
    'cost =  executions / 1,000,000 × pricePerMillionExecutions',
    '      + executions × billedSeconds × memoryGB × pricePerGBSecond',
    '      + (tableTransactions + auditBatches) / 10,000 × pricePer10kTransactions',
    '```',
  ].join('\n'),
  [
    '- `executions`: one per request, whether it lists, calls or is refused. A 2025-era client sends two more to begin a session.',
    '- `billedSeconds`: how long a request takes in Azure, after the minimum and the rounding of the plan. Requests that one instance serves at the same time share its seconds on plans that bill instances.',
    '- `memoryGB`: the size of the instance, or what the plan meters.',
    '- `auditBatches`: an instance writes the entries of calls that only read at most four times a second, up to a hundred of one tenant in a transaction. A quiet instance writes one batch per call, a busy one far fewer.',
    '- A diagnosis is more than a call: its orchestration runs nine steps, each an execution, and Durable Functions keeps its history in storage; the follower looks at the job about once a second while it runs.',
    '- Traffic out of the region, the gateway, telemetry and the language model are billed apart.',
  ].join('\n'),
];
