import type { Route } from './+types/file.ts'
import { answerMember } from './answer-member.server.ts'

/** A piece to save, for a member of its owner or of a vendor with which it is shared. */
export function loader(args: Route.LoaderArgs): Promise<Response> {
  return answerMember(args, 'file')
}
