/** What is at the end of every link: the task hub, the connection, and the key of the extension. */
export interface LinkOptions {
  readonly hub: string;
  /** Any text will do while keys are not checked; the library insists on one. */
  readonly code: string;
}

export const WEBHOOK_PATH = '/runtime/webhooks/durabletask/';

/** Addresses for managing one instance, as far as they are emulated. `{eventName}` and `{text}` are for the client to fill in. */
export function managementLinks(instanceId: string, origin: string, { hub, code }: LinkOptions) {
  const instance = `${origin}${WEBHOOK_PATH}instances/${encodeURIComponent(instanceId)}`;
  const query = `taskHub=${hub}&connection=Storage&code=${code}`;
  return {
    id: instanceId,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}

/** What a durableClient input binding receives, as far as the library reads it: its own requests go below `rpcBaseUrl`. */
export function clientInput(origin: string, rpcOrigin: string, options: LinkOptions) {
  return {
    taskHubName: options.hub,
    creationUrls: {},
    // The library replaces the text by the id of an instance.
    managementUrls: managementLinks('INSTANCEID', origin, options),
    rpcBaseUrl: `${rpcOrigin}${WEBHOOK_PATH}`,
  };
}
