import type { Member } from '#app/accounts/viewer.server.ts'
import type { Setting } from '#app/notices/answers.ts'
import { startDraft } from '#app/notices/start-draft.server.ts'
import { setClock } from '#app/platform/clock.server.ts'
import { withWorker } from '#app/platform/db.server.ts'
import { acts, noticeTo, perform } from './acts.ts'
import { keepCapture, keepNote } from './evidence.ts'
import { ceaseAndDesist, takedown } from './contents.ts'
import { file } from './file.ts'
import { talkByMail } from './talk.ts'
import { goTo, inDays } from './time.ts'

/** What the plot needs to know. `deliver` sends what is owed at the story's present moment. */
export type Stage = {
  studio: Member
  press: Member
  vendor: Member
  vendors: Record<string, string>
  films: { id: string; version: number }
  photographs: { id: string; version: number }
  deliver: () => Promise<void>
}

const counsel = 'head of rights'

/** Notices in every stage that is offered, each by the acts that lead there. */
export async function playStory(stage: Stage): Promise<void> {
  await manyVendors(stage)
  await northlight(stage)
  await photographs(stage)
  await stillToCome(stage)
  setClock(null)
}

// One filing to six vendors, who do six different things.
async function manyVendors({ studio, vendors, films, deliver }: Stage): Promise<void> {
  const slugs = ['kanata', 'meridian', 'halcyon', 'orrery', 'tessera', 'brightwater']
  goTo(18, 1, 10)
  await file(studio, { vendorIds: slugs.map((slug) => idOf(vendors, slug)), catalogue: films, capacity: counsel })
  goTo(18, 1, 41)
  await deliver()
  const notice = (slug: string): Promise<string> => noticeTo(idOf(vendors, slug), studio)
  const sota = { bearer: { name: 'Sota Hirano', role: 'legal affairs' } }
  const priya = { bearer: { name: 'Priya Raman', role: 'copyright counsel' } }

  goTo(16, 2, 25)
  await perform(sota, await notice('kanata'), acts.acknowledge('KM-1107'))
  goTo(15, 15, 5)
  await perform(priya, await notice('meridian'), acts.acknowledge())
  await deliver()
  goTo(12, 6, 30)
  await perform(
    { member: studio },
    await notice('brightwater'),
    acts.withdraw('The works are covered by a licence that was agreed directly.'),
  )
  goTo(9, 4, 0)
  await perform(
    sota,
    await notice('kanata'),
    acts.answer([
      {
        measures: ['STOP_TRAINING_FUTURE'],
        works: { kind: 'all', clear: true },
        answer: { outcome: 'accepted_excluded' },
      },
      { measures: ['REMOVE_FROM_DATASETS'], works: { kind: 'all', clear: true }, answer: { outcome: 'not_used' } },
    ]),
  )
  await deliver()
  goTo(7, 10, 20)
  await perform(
    { bearer: { name: 'Tom Ashworth', role: 'notices team' } },
    await notice('halcyon'),
    acts.acknowledge('HV-88214'),
  )
  await deliver()
  await talkByMail({ studio, noticeId: await notice('halcyon'), deliver })
  goTo(6, 1, 0)
  await perform({ member: studio }, await notice('kanata'), acts.accept())
  goTo(5, 18, 45)
  const refused = {
    outcome: 'refused',
    code: 'exception_claimed',
    text: 'We rely on the exception for text and data mining in the countries where we train.',
  } as const
  await perform(
    priya,
    await notice('meridian'),
    acts.declare({ STOP_TRAINING_FUTURE: refused, REMOVE_FROM_DATASETS: refused }),
  )
  await deliver()
}

// The vendor with an account answers work by work.
async function northlight({ studio, vendor, vendors, films, deliver }: Stage): Promise<void> {
  goTo(12, 1, 4)
  await file(studio, {
    vendorIds: [idOf(vendors, 'northlight')],
    catalogue: films,
    capacity: counsel,
    content: {
      matterNumber: 'HA-2026-014',
      measures: [
        { measure: 'STOP_TRAINING_FUTURE', detail: '' },
        { measure: 'REMOVE_FROM_DATASETS', detail: '' },
        {
          measure: 'FILTER_OUTPUTS',
          detail: 'Prompts that name the films, or describe their leading characters by costume and name.',
        },
      ],
    },
  })
  goTo(12, 1, 35)
  await deliver()
  const noticeId = await noticeTo(idOf(vendors, 'northlight'), studio)
  const dana = { member: vendor }
  goTo(11, 17, 20)
  await perform(dana, noticeId, acts.read())
  goTo(9, 17, 41)
  await perform(dana, noticeId, acts.acknowledge('NL-2291'))
  goTo(6, 18, 5)
  await perform(dana, noticeId, acts.review())
  await deliver()
  goTo(4, 0, 32)
  await perform(dana, noticeId, acts.answer(answersByWork(await worksOf(films.id))))
  await deliver()
}

function answersByWork(works: readonly string[]): Setting[] {
  const chosen = (from: number, to: number) => ({ kind: 'chosen', workIds: works.slice(from, to) }) as const
  return [
    {
      measures: ['STOP_TRAINING_FUTURE'],
      works: { kind: 'all', clear: true },
      answer: { outcome: 'accepted_excluded' },
    },
    {
      measures: ['REMOVE_FROM_DATASETS'],
      works: { kind: 'all', clear: true },
      answer: { outcome: 'accepted_removed' },
    },
    {
      measures: ['STOP_TRAINING_FUTURE'],
      works: chosen(0, 6),
      answer: { outcome: 'accepted_future_only', effectiveOn: inDays(9) },
    },
    { measures: ['REMOVE_FROM_DATASETS'], works: chosen(4, 35), answer: { outcome: 'not_used' } },
    { measures: ['FILTER_OUTPUTS'], works: chosen(10, 53), answer: { outcome: 'accepted_output_blocked' } },
    {
      measures: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
      works: chosen(60, 64),
      answer: {
        outcome: 'refused',
        code: 'disputed_ownership',
        text: 'Another company has told us that it holds the rights.',
      },
    },
    {
      measures: ['FILTER_OUTPUTS'],
      works: chosen(64, 67),
      answer: { outcome: 'insufficient_detail', text: 'Which characters are meant?' },
    },
  ]
}

// The second holder: one notice that was read, one letter that was just served.
async function photographs({ press, vendor, vendors, photographs: catalogue, deliver }: Stage): Promise<void> {
  const vendorIds = [idOf(vendors, 'northlight')]
  goTo(8, 14, 0)
  await file(press, { vendorIds, catalogue, capacity: 'rights manager', content: { stance: 'objection' } })
  goTo(8, 14, 31)
  await deliver()
  goTo(7, 16, 50)
  await perform({ member: vendor }, await noticeTo(idOf(vendors, 'northlight'), press), acts.read())
  goTo(2, 13, 30)
  const evidence = await keepCapture(press, {
    capturedOn: `${inDays(-8)}T10:00`,
    model: 'Orrery Image 4',
    prompt: 'street portrait, 1950s, press camera',
  })
  goTo(2, 14, 10)
  await file(press, {
    vendorIds: [idOf(vendors, 'orrery')],
    catalogue,
    capacity: 'rights manager',
    content: { ...ceaseAndDesist(), evidence: [evidence] },
  })
  goTo(2, 14, 41)
  await deliver()
  goTo(1, 9, 5)
  await file(press, {
    vendorIds: [idOf(vendors, 'meridian')],
    catalogue,
    capacity: 'rights manager',
    content: takedown(),
  })
  goTo(1, 9, 36)
  await deliver()
}

// What has not happened yet: a filing that can still be recalled, and a draft.
async function stillToCome({ studio, vendors, films }: Stage): Promise<void> {
  const { id } = studio.organisation
  setClock(null)
  await withWorker((tx) => tx.organisation.update({ where: { id }, data: { undoMinutes: 1440 }, select: { id: true } }))
  await file(studio, { vendorIds: [idOf(vendors, 'parallax')], catalogue: films, capacity: counsel })
  await withWorker((tx) => tx.organisation.update({ where: { id }, data: { undoMinutes: 30 }, select: { id: true } }))
  await startDraft({ member: studio, given: { vendorIds: [idOf(vendors, 'orrery')], catalogueId: films.id } })
  await keepNote(studio)
}

function worksOf(catalogueId: string): Promise<string[]> {
  return withWorker(async (tx) => {
    const works = await tx.work.findMany({
      where: { catalogueId, validTo: null },
      orderBy: [{ releasedOn: 'asc' }, { externalId: 'asc' }],
      select: { workId: true },
    })
    return works.map(({ workId }) => workId)
  })
}

/** The id of a vendor of the story. */
export function idOf(vendors: Record<string, string>, slug: string): string {
  const id = vendors[slug]
  if (id === undefined) throw new Error(`The story has no vendor ${slug}`)
  return id
}
