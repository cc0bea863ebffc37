import type { RouterContextProvider } from 'react-router'
import { z } from 'zod'
import { mayDo } from '#app/accounts/roles.ts'
import { requireMember, type Member } from '#app/accounts/viewer.server.ts'
import { findCatalogue, type FoundCatalogue } from '#app/catalogues/find-catalogues.server.ts'
import { findImport, type FoundImport } from '#app/catalogues/find-import.server.ts'
import { findWork, type FoundWork } from '#app/catalogues/find-work.server.ts'
import { attachmentHeader } from '#app/evidence/file-name.ts'
import { withPerson } from '#app/platform/db.server.ts'

type Context = Readonly<RouterContextProvider>

/** An answer without a page of its own, to be thrown: what it is about does not exist, or not for whoever asks. */
export function refuse(status: 400 | 403 | 404 | 409): never {
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  throw new Response(null, { status })
}

/** Lets only those pass who may change catalogues. */
export function requireEditor(member: Member): Member {
  return mayDo(member.organisation.role, 'edit-catalogues') ? member : refuse(403)
}

/** A catalogue of the organisation that the viewer acts for; 404 for any other. */
export async function requireCatalogue(
  context: Context,
  id: string,
): Promise<{ member: Member; catalogue: FoundCatalogue }> {
  const member = requireMember(context, ['rights_holder'])
  const organisationId = member.organisation.id
  const catalogue = isId(id)
    ? await withPerson(member.personId, (tx) => findCatalogue(tx, { id, organisationId }))
    : null
  return { member, catalogue: catalogue ?? refuse(404) }
}

/** A work of a catalogue of the organisation. */
export async function requireWork(
  context: Context,
  params: { id: string; workId: string },
): Promise<{ member: Member; catalogue: FoundCatalogue; found: FoundWork }> {
  const { member, catalogue } = await requireCatalogue(context, params.id)
  const asked = { catalogueId: catalogue.id, workId: params.workId }
  const found = isId(params.workId) ? await withPerson(member.personId, (tx) => findWork(tx, asked)) : null
  return { member, catalogue, found: found ?? refuse(404) }
}

/** An import into a catalogue of the organisation. */
export async function requireImport(
  context: Context,
  params: { id: string; importId: string },
): Promise<{ member: Member; found: FoundImport }> {
  const member = requireMember(context, ['rights_holder'])
  if (!isId(params.id) || !isId(params.importId)) refuse(404)
  const found = await withPerson(member.personId, (tx) => findImport(tx, params.importId, params.id))
  return found?.organisationId === member.organisation.id ? { member, found } : refuse(404)
}

/** A CSV file to save, named after the file it is about: `films-rejected.csv`. */
export function csvAnswer(body: ReadableStream, fileName: string, what: 'rejected' | 'remarks'): Response {
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': attachmentHeader(`${fileName.replace(/\.[^.]*$/u, '')}-${what}.csv`),
    },
  })
}

function isId(text: string): boolean {
  return z.uuid().safeParse(text).success
}
