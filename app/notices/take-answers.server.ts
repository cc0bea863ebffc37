import type { Member } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import {
  isNamable,
  mostNamedWorks,
  readChosen,
  readDefaults,
  readDraft,
  readIntent,
  type AnswerDraft,
  type FieldFault,
} from './answering.ts'
import type { Setting } from './answers.ts'
import { countChangedAnswers } from './count-changed-answers.server.ts'
import { findVendorsNotice, viewAfter, type FoundAnswering } from './find-answering.server.ts'
import type { NoticePage } from './find-notice.server.ts'
import { nameWorks } from './preview-answers.server.ts'
import { recordOutcomes, type Recorded } from './record-outcomes.server.ts'
import { explainUntaken } from './step-wording.ts'
import { asMember } from './taker.server.ts'

/** The page that follows a form of the answering page, or how many answers were recorded. */
export type AnswersTaken =
  | { recorded: number }
  | { view: FoundAnswering; settings: readonly Setting[]; status: 200 | 400 | 409 }

/**
 * Does what a button of the answering page asks: looks, sets, takes back, reviews, and at last records.
 *
 * @returns null when the member's organisation is not the vendor of such a notice; `unreadable` for a form that no page of ours sends
 */
export async function takeAnswers(
  member: Member,
  reference: string,
  form: FormData,
): Promise<AnswersTaken | { unreadable: true } | null> {
  const page = await findVendorsNotice(member, reference)
  if (page === null) return null
  const measures = page.notice.measures.map(({ measure }) => measure)
  const draft = readDraft(form, measures)
  if (draft === null) return { unreadable: true }
  const { intent, at } = readIntent(form)
  const asked = { member, page, draft, defaults: readDefaults(draft, measures) }
  switch (intent) {
    case 'set':
      return setChosen(asked)
    case 'remove':
      return show({
        ...asked,
        draft: { ...draft, settings: draft.settings.filter((_, place) => place !== Number(at)) },
      })
    case 'review':
      return review(asked)
    case 'record':
      return record(asked)
    default:
      return show(asked)
  }
}

type Asked = {
  member: Member
  page: NoticePage
  draft: AnswerDraft
  defaults: { settings: Setting[]; faults: FieldFault[] }
}

async function show(
  { member, page, draft, defaults }: Asked,
  faults: readonly FieldFault[] = [],
  said: readonly string[] = [],
): Promise<AnswersTaken> {
  const settings = [...defaults.settings, ...draft.settings]
  const view = await viewAfter(member, page, { draft, settings, faults, said })
  return { view: withRefusals(member, view), settings, status: faults.length + said.length > 0 ? 400 : 200 }
}

async function setChosen(asked: Asked): Promise<AnswersTaken> {
  const { member, page, draft, defaults } = asked
  const measures = page.notice.measures.map(({ measure }) => measure)
  const settings = [...defaults.settings, ...draft.settings]
  const mustName = draft.chosen.everything && !isNamable(draft.look)
  const named = mustName
    ? await nameWorks(member, { notice: page.notice, settings, look: draft.look, most: mostNamedWorks })
    : undefined
  if (named === null) return show(asked, [], [m.vendors_answer_fault_too_many({ count: formatNumber(mostNamedWorks) })])
  const chosen = readChosen(draft, measures, named)
  if (chosen.faults.length > 0) return show(asked, chosen.faults)
  const nothing = { ...draft.chosen, workIds: [], everything: false, except: null }
  return show({ ...asked, draft: { ...draft, settings: [...draft.settings, ...chosen.settings], chosen: nothing } })
}

async function review(asked: Asked): Promise<AnswersTaken> {
  const { member, page, draft, defaults } = asked
  const settings = [...defaults.settings, ...draft.settings]
  if (defaults.faults.length > 0) return show(asked, defaults.faults)
  if (settings.length === 0) return show(asked, [], [m.vendors_answer_fault_nothing_set()])
  const view = await viewAfter(member, page, { draft, settings, reviewing: true })
  return { view: withRefusals(member, view), settings, status: 200 }
}

async function record(asked: Asked): Promise<AnswersTaken> {
  const { member, page, draft, defaults } = asked
  const settings = [...defaults.settings, ...draft.settings]
  if (defaults.faults.length > 0 || settings.length === 0) return review(asked)
  const { recorded, changed } = await asMember(member, async (tx, taker) => {
    const result = await recordOutcomes(tx, { taker, noticeIds: [page.notice.id], settings })
    const sequence = result.accepted ? (result.succeeded[0]?.sequence ?? null) : null
    const count = sequence === null ? 0 : await countChangedAnswers(tx, { noticeId: page.notice.id, sequence })
    return { recorded: result, changed: count }
  })
  const said = refusalsOf(member, recorded)
  if (said.length === 0 && recorded.accepted) return { recorded: changed }
  const view = await viewAfter(member, page, { draft, settings, said, reviewing: true })
  return { view, settings, status: 409 }
}

function withRefusals(member: Member, view: FoundAnswering): FoundAnswering {
  return { ...view, said: [...view.said, ...refusalsOf(member, view.preview.recorded)] }
}

function refusalsOf({ timeZone }: Member, recorded: Recorded | null): readonly string[] {
  if (recorded === null || !recorded.accepted) return []
  return recorded.failed.map((untaken) => explainUntaken('outcomes.recorded', untaken, timeZone))
}
