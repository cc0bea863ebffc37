import { normalAddress } from '#app/accounts/address.ts'
import { createPerson, findPersonId } from '#app/accounts/create-person.server.ts'
import { organisationKinds } from '#app/accounts/organisation.ts'
import { recordAudit } from '#app/accounts/record-audit.server.ts'
import { registerOrganisation } from '#app/accounts/register-organisation.server.ts'
import { isRole } from '#app/accounts/roles.ts'
import { now } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { newId } from '#app/platform/id.ts'
import { markVerified } from '#app/accounts/verify-organisation.server.ts'
import { type Answer, BadUseError } from './answer.ts'

/** `organisation create`: an organisation without members, unverified. */
export async function createOrganisationCommand(given: { slug: string; kind: string; name: string }): Promise<Answer> {
  const kind = organisationKinds.find((known) => known === given.kind)
  if (kind === undefined)
    throw new BadUseError(`No such kind: ${given.kind}. Kinds are ${organisationKinds.join(', ')}.`)
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(given.slug))
    throw new BadUseError('A slug has small letters, digits and hyphens.')
  const verdict = await withWorker((tx) => registerOrganisation(tx, { ...given, kind }))
  if (!verdict.allowed) throw new BadUseError(`There is an organisation ${given.slug} already.`)
  return {
    json: { id: verdict.id, slug: given.slug, kind },
    lines: [`Made ${given.name} (${given.slug}). Verify it with: organisation verify ${given.slug}`],
  }
}

/** `organisation verify`: from now on it may file. */
export async function verifyOrganisationCommand(slug: string, how: string): Promise<Answer> {
  const verdict = await withWorker((tx) => markVerified(tx, { slug, how, by: null }))
  if (!verdict.allowed && verdict.because === 'no-organisation') throw new BadUseError(`No organisation ${slug}.`)
  const already = !verdict.allowed
  return {
    json: { slug, verified: true, already },
    lines: [already ? `${slug} was verified already.` : `Verified ${slug}.`],
  }
}

/** `person create`: makes a person, unless the address has one, and gives them a role. They set a password through “Forgot your password?”. */
export async function createPersonCommand(given: {
  email: string
  name: string
  organisation: string
  role: string
}): Promise<Answer> {
  const email = normalAddress(given.email)
  const { role } = given
  if (email === undefined) throw new BadUseError(`Not an e-mail address: ${given.email}`)
  if (!isRole(role)) throw new BadUseError(`No such role: ${role}. Roles are owner, editor, approver, viewer.`)
  const organisation = await withWorker((tx) => tx.organisation.findUnique({ where: { slug: given.organisation } }))
  if (organisation === null) throw new BadUseError(`No organisation ${given.organisation}.`)
  const made = await createPerson({
    email,
    name: given.name,
    locale: organisation.locale === 'ja' ? 'ja' : 'en',
    timeZone: organisation.timeZone,
  })
  const personId = made.created ? made.personId : await findPersonId(email)
  if (personId === undefined) throw new Error(`The person ${email} was neither made nor found`)
  await withWorker(async (tx) => {
    const { count } = await tx.membership.createMany({
      data: [{ id: newId(), personId, organisationId: organisation.id, role, createdAt: now() }],
      skipDuplicates: true,
    })
    const { id: organisationId } = organisation
    if (count > 0) await recordAudit(tx, { organisationId, kind: 'member-added', subjectId: personId, facts: { role } })
  })
  return {
    json: { personId, email, organisation: given.organisation, role, created: made.created },
    lines: [
      `${email} is ${role} of ${organisation.name}. A password is set through “Forgot your password?” on the sign-in page.`,
    ],
  }
}
