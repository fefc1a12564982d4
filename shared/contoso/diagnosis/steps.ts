/** The steps of a diagnosis, in the order in which they are carried out. */
export const steps = [
  { name: 'collect_inventory', title: 'collecting the inventory' },
  { name: 'connectivity', title: 'checking the connectivity' },
  { name: 'dns_gateway', title: 'checking name resolution and gateway' },
  { name: 'ping_traceroute', title: 'measuring the path to the internet' },
  { name: 'services_logs', title: 'reading services and logs' },
  { name: 'restart_agent', title: 'restarting the management agent' },
  { name: 'health_checks', title: 'running health checks' },
  { name: 'summarize', title: 'summarizing the findings' },
  { name: 'finalize', title: 'closing the diagnosis' },
] as const;
export type StepName = (typeof steps)[number]['name'];

export const stepNames = steps.map((step) => step.name) as [StepName, ...StepName[]];
