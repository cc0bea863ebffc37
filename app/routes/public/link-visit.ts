import type { RouterContextProvider } from 'react-router'
import type { LinkVisit } from '#app/notices/find-link-notice.server.ts'
import { requestContext } from '#app/platform/request.server.ts'

/** What the access log of a mail link keeps of this request. */
export function visitOf(
  request: Request,
  context: Readonly<RouterContextProvider>,
  what: LinkVisit['what'],
): LinkVisit {
  return {
    method: request.method,
    what,
    networkAddress: context.get(requestContext).clientAddress,
    userAgent: request.headers.get('user-agent'),
  }
}
