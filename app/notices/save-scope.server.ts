import type { Member } from '#app/accounts/viewer.server.ts'
import { withPerson } from '#app/platform/db.server.ts'
import { mostPickedWorks, type FilingContent } from './filing-draft.ts'
import { scopeChoices, type ScopeFormValue } from './filing-forms.ts'
import { findDraft } from './find-draft.server.ts'
import { matchWorks } from './match-works.server.ts'
import { saveDraft, type DraftSaved } from './save-draft.server.ts'

/** Saves the step of works. Pasted lines that name works are added to the chosen ones, the others stay in their field. */
export async function saveScope({
  member,
  draftId,
  form,
}: {
  member: Member
  draftId: string
  form: ScopeFormValue
}): Promise<DraftSaved> {
  const draft = await withPerson(member.personId, (tx) => findDraft(tx, member, draftId))
  if (draft === null) return { saved: false, because: 'gone' }
  const choices = scopeChoices(form, draft.content)
  const scope = await withPasted(member, choices.scope)
  if (scope.workIds.length > mostPickedWorks) return { saved: false, because: 'too-many-picked' }
  return saveDraft({ member, draftId, revision: form.revision, step: 'scope', choices: { ...choices, scope } })
}

/** The same while it is typed: pasted lines stay lines until the step is left. */
export async function saveScopeAsTyped({
  member,
  draftId,
  form,
}: {
  member: Member
  draftId: string
  form: ScopeFormValue
}): Promise<DraftSaved> {
  const draft = await withPerson(member.personId, (tx) => findDraft(tx, member, draftId))
  if (draft === null) return { saved: false, because: 'gone' }
  const choices = scopeChoices(form, draft.content)
  return saveDraft({ member, draftId, revision: form.revision, step: 'scope', choices })
}

async function withPasted(member: Member, scope: FilingContent['scope']): Promise<FilingContent['scope']> {
  const { catalogueId, version, unmatched: pasted } = scope
  if (scope.kind !== 'chosen' || catalogueId === null || version === null || pasted.trim() === '') return scope
  const matched = await withPerson(member.personId, (tx) => matchWorks(tx, { catalogueId, version, pasted }))
  return {
    ...scope,
    workIds: [...new Set([...scope.workIds, ...matched.workIds])],
    unmatched: matched.unmatched.join('\n'),
  }
}

/** Saves which of the works that a page showed are in: taken out of a filter, or picked one by one. */
export async function saveWorks({
  member,
  draftId,
  revision,
  shown,
  included,
}: {
  member: Member
  draftId: string
  revision: number
  shown: readonly string[]
  included: readonly string[]
}): Promise<DraftSaved> {
  const draft = await withPerson(member.personId, (tx) => findDraft(tx, member, draftId))
  if (draft === null) return { saved: false, because: 'gone' }
  const { content } = draft
  const { scope } = content
  const next: FilingContent['scope'] =
    scope.kind === 'filtered'
      ? { ...scope, except: changed(scope.except, shown, (workId) => !included.includes(workId)) }
      : { ...scope, kind: 'chosen', workIds: changed(scope.workIds, shown, (workId) => included.includes(workId)) }
  if (Math.max(next.workIds.length, next.except.length) > mostPickedWorks) {
    return { saved: false, because: 'too-many-picked' }
  }
  return saveDraft({
    member,
    draftId,
    revision,
    step: 'scope',
    choices: { ...content, scope: next },
  })
}

function changed(list: readonly string[], shown: readonly string[], isIn: (workId: string) => boolean): string[] {
  const kept = list.filter((workId) => !shown.includes(workId))
  return [...kept, ...shown.filter((workId) => isIn(workId))]
}
