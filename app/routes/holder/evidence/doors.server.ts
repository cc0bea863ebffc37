import type { RouterContextProvider } from 'react-router'
import { z } from 'zod'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import type { Kept } from '#app/evidence/keep-evidence.server.ts'
import { keepEvidence } from '#app/evidence/keep-evidence.server.ts'
import type { Looker } from '#app/evidence/open-piece.server.ts'
import { newId } from '#app/platform/id.ts'
import { requestContext } from '#app/platform/request.server.ts'
import { readUpload } from '#app/platform/upload.server.ts'

type Context = Readonly<RouterContextProvider>

/** A member of an organisation that has a locker. */
export function requireKeeper(context: Context): Member {
  return requireMember(context, ['rights_holder'])
}

/** The id in an address; anything else than an id is a page that does not exist. */
export function idOf(text: string): string {
  const id = z.uuid().safeParse(text)
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  if (!id.success) throw new Response(null, { status: 404 })
  return id.data
}

/** Whoever asks, as the access log keeps it. */
export function lookerOf(
  { request, context }: { request: Request; context: Context },
  who: { personId: string } | { linkId: string },
): Looker {
  return {
    personId: null,
    linkId: null,
    ...who,
    networkAddress: context.get(requestContext).clientAddress,
    userAgent: request.headers.get('user-agent'),
  }
}

/** Keeps the file of a form that was sent without script. Nothing chosen counts as an empty file. */
export async function keepFromForm(member: Member, request: Request, redactionOf: string | null = null): Promise<Kept> {
  const upload = await readUpload(request, 'file')
  if (upload === undefined) return { kept: false, because: 'empty' }
  // The form's own key: sent twice, it keeps one piece.
  const key = z.uuid().safeParse(new URL(request.url).searchParams.get('key'))
  const id = key.success ? key.data : newId()
  return keepEvidence({ member, id, name: upload.fileName, content: upload.content, redactionOf })
}

/** The page to go on to after a file was kept: the piece's own, or the one that asked for it. */
export function wayOn(next: string | null, id: string): string {
  if (next !== null && /^\/(?:filings|notices)\/[\w-]+\/evidence$/u.test(next)) return `${next}?added=${id}`
  return `/evidence/${id}`
}
