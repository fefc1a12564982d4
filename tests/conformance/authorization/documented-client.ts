import { documentHost, type Surroundings } from '../../security/sign-in/world.ts';

/**
 * Publishes a document about a client (client id metadata document), where only tests can reach it.
 * @returns the client's id
 */
export function publishClient(surroundings: Surroundings, redirectUri: string): string {
  const client_id = `https://${documentHost}/suite.json`;
  const text = JSON.stringify({ client_id, client_name: 'The suite', redirect_uris: [redirectUri] });
  surroundings.answerDocument = (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  return client_id;
}
