import type { Route } from './+types/view.ts'
import { answerMember } from './answer-member.server.ts'

/** A picture or a PDF as the browser draws it, on an address of its own without any right. */
export function loader(args: Route.LoaderArgs): Promise<Response> {
  return answerMember(args, 'view')
}
