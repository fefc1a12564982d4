/** What is at the end of every link: the task hub, the connection, and the key of the extension. */
export interface LinkOptions {
  readonly hub: string;
  /** Any text will do while keys are not checked; the library insists on one. */
  readonly code: string;
}

export const WEBHOOK_PATH = '/runtime/webhooks/durabletask';
/** The library replaces it by the id of an instance. */
const ID_PLACEHOLDER = 'INSTANCEID';

/** Addresses for managing one instance. `{eventName}` and `{text}` are for the client to fill in. */
export function managementLinks(instanceId: string, origin: string, { hub, code }: LinkOptions) {
  const instance = `${origin}${WEBHOOK_PATH}/instances/${encodeURIComponent(instanceId)}`;
  const query = `taskHub=${hub}&connection=Storage&code=${code}`;
  return {
    id: instanceId,
    statusQueryGetUri: `${instance}?${query}`,
    sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
    terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
    rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
    purgeHistoryDeleteUri: `${instance}?${query}`,
    restartPostUri: `${instance}/restart?${query}`,
    suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
    resumePostUri: `${instance}/resume?reason={text}&${query}`,
  };
}

/**
 * What a durableClient input binding receives. The library talks to `rpcBaseUrl`, which must end with a slash; the other addresses are
 * for the app's own clients.
 */
export function clientInput(origin: string, rpcBaseUrl: string, options: LinkOptions) {
  const baseUrl = `${origin}${WEBHOOK_PATH}`;
  const code = `code=${options.code}`;
  const create = `${baseUrl}/orchestrators/{functionName}[/{instanceId}]`;
  return {
    taskHubName: options.hub,
    connectionName: null,
    creationUrls: {
      createNewInstancePostUri: `${create}?${code}`,
      createAndWaitOnNewInstancePostUri: `${create}?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${code}`,
    },
    managementUrls: managementLinks(ID_PLACEHOLDER, origin, options),
    baseUrl,
    requiredQueryStringParameters: code,
    rpcBaseUrl,
    httpBaseUrl: null,
  };
}
