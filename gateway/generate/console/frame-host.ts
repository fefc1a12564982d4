import { cardFrame } from '#platform/console/files';
import { generatedXml } from '../xml.ts';

export const frameHostFile = 'fragments/console-frame-host.xml';

/** Name of the value that holds the host name of cards' frames. */
export const frameHostName = 'console-frame-host';

/** What that value is where cards have no origin: a name that nothing can have (RFC 6761 section 6.4). */
export const noFrameHost = 'none.invalid';

/** What every policy that answers or forwards begins with. */
export const includeFrameHost = '<include-fragment fragment-id="console-frame-host" />';

const host = 'context.Request.OriginalUrl.Host';

/** Keeps the host name of cards' frames apart from everything else. */
export function frameHostFragment(): string {
  const cardElsewhere = `!new string[] { "${noFrameHost}", ${host} }.Contains("{{${frameHostName}}}")`;
  return generatedXml(
    `At the host name of cards' frames there is their page and nothing else, and that page nowhere else: it would have the
     origin of the console there. Without such a host name ("${noFrameHost}") the page has nobody's origin anywhere.`,
    `<fragment>
  <choose>
    <when condition='@(context.Operation.UrlTemplate == "/${cardFrame}" ? ${cardElsewhere} : ${host} == "{{${frameHostName}}}")'>
      <return-response>
        <set-status code="404" reason="Not Found" />
        <set-header name="Content-Type" exists-action="override">
          <value>application/problem+json</value>
        </set-header>
        <set-header name="Cache-Control" exists-action="override">
          <value>no-store</value>
        </set-header>
        <set-body>${JSON.stringify({
          type: 'about:blank',
          title: 'Not Found',
          status: 404,
          detail: 'There is nothing at this address, or not with this method.',
        })}</set-body>
      </return-response>
    </when>
  </choose>
</fragment>`,
  );
}
