import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import type { SmtpSink } from '#test/smtp-sink.ts'
import type { Draw } from './draw.ts'
import type { Filer } from './filing-journey.ts'
import type { Addressee } from './people.ts'
import type { ActRecord } from './record.ts'
import { bodyOf, RunEnded, type Visitor } from './visitor.ts'

/** A vendor that gets a notice, and what stands around it. */
export interface Answering {
  readonly vendors: readonly Addressee[]
  /** Signed in as the vendors' persons, by the vendor's id. */
  readonly desks: ReadonlyMap<string, Visitor>
  /** Whoever reads the mail, without an account. */
  readonly stranger: Visitor
  readonly filer: Filer
  readonly sink: SmtpSink
  readonly record: ActRecord
  readonly mailInPort: number
  readonly draw: Draw
  readonly ended: () => boolean
}

/** Lives through a notice from its mail to its end: acknowledged, answered by mail, asked about, decided, withdrawn. */
export async function answerOnce(answering: Answering, notice: string): Promise<void> {
  const { draw, filer, desks } = answering
  const { link, replyTo, vendor } = await waitForNotice(answering, notice)
  const desk = desks.get(vendor.id)
  if (desk === undefined) throw new Error(`${notice} came to ${vendor.slug}, which has no desk`)
  await acknowledge(answering, notice, link)
  if (draw.chance(0.4)) await reply(answering, { from: vendor.address, to: replyTo })
  if (draw.chance(0.6) && (await ask(desk, draw, notice)))
    await step(filer.visitor, { notice, step: 'clarification.answered', draw }, async () => {
      const path = `/notices/${notice}/questions/1`
      const form = await filer.visitor.formWith(path, 'text')
      return form && { path, body: bodyOf(form, { intent: 'answer', text: 'All three of them, in every edition.' }) }
    })
  if (draw.chance(0.8))
    await step(desk, { notice, step: 'outcomes.recorded', draw }, async () => {
      const path = `/notices/${notice}/answer`
      const form = await desk.formWith(path, 'd-STOP_TRAINING_FUTURE-outcome')
      const outcome = 'accepted_excluded'
      return form && { path, body: bodyOf(form, { 'd-STOP_TRAINING_FUTURE-outcome': outcome, intent: 'record' }) }
    })
  if (draw.chance(0.5))
    await step(filer.visitor, { notice, step: 'notice.withdrawn', draw }, async () => ({
      path: `/notices/${notice}/withdraw`,
      body: new URLSearchParams({ intent: 'withdraw', what: 'notice', reason: 'Settled between the parties.' }),
    }))
}

type Prepared = { path: string; body: URLSearchParams } | null
type Step = { notice: string; step: string; draw: Draw }

async function step(visitor: Visitor, { notice, step: name, draw }: Step, prepare: () => Promise<Prepared>) {
  const prepared = await prepare()
  if (prepared === null) return false
  const sent = { ...prepared, leadsTo: /[?&](?:done|recorded|withdrawn)=/u, tries: draw.between(1, 4) }
  const answered = await visitor.act({ kind: 'step', notice, step: name }, sent)
  return answered.told === 'accepted'
}

async function acknowledge({ stranger, draw }: Answering, notice: string, link: string): Promise<void> {
  await step(stranger, { notice, step: 'notice.acknowledged', draw }, async () => {
    const form = await stranger.formWith(link, 'role')
    return (
      form && { path: link, body: new URLSearchParams({ intent: 'acknowledge', name: 'Rin Reader', role: 'Counsel' }) }
    )
  })
}

function ask(desk: Visitor, draw: Draw, notice: string): Promise<boolean> {
  return step(desk, { notice, step: 'clarification.requested', draw }, async () => {
    const path = `/notices/${notice}/ask`
    const form = await desk.formWith(path, 'about')
    if (form === null) return null
    const given = { intent: 'ask', kind: 'works', about: 'all', text: 'Which editions of these works do you mean?' }
    return { path, body: bodyOf(form, given) }
  })
}

/** Answers the mail by mail; only a 250 of the portal's own server says that it was taken. */
async function reply({ record, mailInPort, draw }: Answering, mail: { from: string; to: string }): Promise<void> {
  const messageId = `<${randomUUID()}@deployer.test>`
  const transport = createTransport({
    host: '127.0.0.1',
    port: mailInPort,
    connectionTimeout: 5_000,
    socketTimeout: 20_000,
  })
  const tries = draw.between(1, 3)
  const date = new Date()
  for (let tried = 1; tried <= tries; tried += 1) {
    const number = record.begin({ kind: 'reply', messageId })
    try {
      await transport.sendMail({ ...mail, messageId, date, subject: 'Re: your notice', text: 'We look into it.' })
      record.end(number, 'accepted', '250')
      return
    } catch (error) {
      record.end(number, 'unknown', String(error))
      await wait(400)
    }
  }
}

/** Waits for the mail of a notice, as it came to the vendor's own server. */
async function waitForNotice({ sink, vendors, ended }: Answering, notice: string) {
  let read = 0
  while (!ended()) {
    for (; read < sink.mails.length; read += 1) {
      const mail = sink.mails[read]
      const vendor = vendors.find(({ address }) => mail?.to.includes(address))
      if (mail === undefined || vendor === undefined || !mail.answered) continue
      const { text = '', replyTo = [] } = await PostalMime.parse(mail.raw)
      const link = /https?:\/\/[^\s<>]+(\/n\/[\w-]+)/u.exec(text)?.[1]
      if (!text.includes(notice) || link === undefined) continue
      return { link, replyTo: replyTo[0]?.address ?? '', vendor }
    }
    await wait(100)
  }
  throw new RunEnded()
}
