import { withCollectiveReports, withCollectives } from '#app/associations/collective-mail-handlers.server.ts'
import { eraseOrganisation } from '#app/associations/erase-organisation.server.ts'
import { endAnnexReviews } from '#app/associations/end-annex-reviews.server.ts'
import { makeCollective } from '#app/associations/make-collective.server.ts'
import { oweWeeks } from '#app/associations/owe-weeks.server.ts'
import { withdrawCalledOff } from '#app/associations/withdraw-called-off.server.ts'
import { withAnswers } from '#app/associations/answered-mail-handlers.server.ts'
import { tellAssociations } from '#app/associations/tell-associations.server.ts'
import { withWeeks } from '#app/associations/week-mail-handlers.server.ts'
import { countJointWorks, countVendorWorks } from '#app/associations/count-joint-works.server.ts'
import { checkDomain, recheckDomains } from '#app/accounts/check-domain.server.ts'
import { erasePerson } from '#app/accounts/erase-person.server.ts'
import { runClosings } from '#app/accounts/run-closings.server.ts'
import { endMandates } from '#app/associations/end-mandates.server.ts'
import { importCatalogue } from '#app/catalogues/import-catalogue.server.ts'
import { previewImportJob } from '#app/catalogues/preview-import.server.ts'
import { sweepLooseParts, sweepUploads } from '#app/evidence/sweep-uploads.server.ts'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { compareDuties, sweepOutbox } from '#app/mail/sweep-outbox.server.ts'
import { takeInMail } from '#app/mail/take-in-mail.server.ts'
import { endLinks } from '#app/notices/end-links.server.ts'
import { runExport } from '#app/notices/exports/run-export.server.ts'
import { sweepExports } from '#app/notices/exports/sweep-exports.server.ts'
import { runBulkAct } from '#app/notices/bulk/run-act.server.ts'
import { lapseDecisions } from '#app/notices/lapse-decisions.server.ts'
import { noticeInboundHandlers } from '#app/notices/inbound-mail-handlers.server.ts'
import { supersedeServed } from '#app/notices/supersede-notice.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { oweSummaries } from '#app/notices/owe-summaries.server.ts'
import { checkSheetJob, recordSheetJob } from '#app/notices/sheet-jobs.server.ts'
import { remindDue } from '#app/notices/remind.server.ts'
import { sweepAlarms } from '#app/operator/sweep-alarms.server.ts'
import { closeAuth } from '#app/platform/auth.server.ts'
import { now } from '#app/platform/clock.server.ts'
import { closeDatabase, type Transaction, withWorker } from '#app/platform/db.server.ts'
import { env } from '#app/platform/env.server.ts'
import { listenForAlarms } from '#app/platform/listen.server.ts'
import { log } from '#app/platform/log.server.ts'
import { mailboxTransport } from '#app/platform/mailbox.server.ts'
import { refuseDemo } from '#app/platform/refuse-demo.server.ts'
import { doEach, keepDoing } from '#app/platform/rounds.server.ts'
import { mostAttempts, runOneJob, type JobRegistry, type TakenJob } from '#app/platform/run-jobs.server.ts'
import { longestSendingSeconds, smtpTransport } from '#app/platform/smtp.server.ts'
import { sweepArrivals } from '#app/platform/sweep-arrivals.server.ts'
import { onceToldToStop } from '#app/platform/told-to-stop.server.ts'
import { watchClock } from '#app/platform/watch-clock.server.ts'
import { givenUpJobs } from './given-up-jobs.server.ts'

// The job process: mails, imports, dates that pass. Any number may run beside each other.

const { MAIL_URL } = env()
const transport = MAIL_URL === undefined ? mailboxTransport() : smtpTransport(MAIL_URL)
const handlers = withWeeks(withAnswers(withCollectives(noticeMailHandlers)))
const inbound = withCollectiveReports(noticeInboundHandlers)
const outbox = openOutbox({ transport, handlers })

const jobs: JobRegistry = {
  import: (job) => importCatalogue(importTryOf(job)),
  'check-domain': ({ subjectId }) => checkDomain(subjectId),
  'preview-import': (job) => previewImportJob(importTryOf(job)),
  'check-answers': (job) => checkSheetJob(sheetTryOf(job)),
  'make-collective': ({ subjectId }) => makeCollective(subjectId),
  'call-off-collective': ({ subjectId }) => withdrawCalledOff(subjectId),
  'record-answers': (job) => recordSheetJob(sheetTryOf(job)),
  'erase-person': ({ subjectId }) => erasePerson(subjectId),
  'erase-organisation': ({ subjectId }) => eraseOrganisation(subjectId),
  export: (job) => runExport(job, job.attempts >= mostAttempts),
  'bulk-act': ({ subjectId, attempts }) => runBulkAct({ actId: subjectId, isLastTry: attempts >= mostAttempts }),
}

void refuseDemo(withWorker)
const state = { stopping: false }
// Leases are instants: when the clock is set, they are believed again once the longest sending is over.
const wasClockSet = watchClock(longestSendingSeconds + 30)

const rounds = {
  mail: keepDoing('mail', 2_000, async () => {
    await outbox.pass()
  }),
  inbound: keepDoing('inbound mail', 5_000, async () => {
    await takeInMail({ handlers: inbound }, () => state.stopping)
  }),
  job: keepDoing('jobs', 2_000, async () => {
    while (!state.stopping && (await runOneJob(jobs, givenUpJobs)));
  }),
  sweep: keepDoing('sweep', 5_000, async () => {
    const at = now()
    const leasesHold = wasClockSet()
    const swept = await withWorker((tx) => sweepOutbox(tx, { at, leasesHold }))
    await withWorker((tx) => beat(tx, 'worker', at))
    // After a stop everything is late for a moment.
    if (swept.late > 0 && process.uptime() > 60) log.error(swept, 'duties or mails are late')
    // By itself: an owner that stumbles must not keep leases from those whose sender has ended.
    const mended = await withWorker((tx) => handlers.mend(tx, at))
    if (swept.reclaimed + mended > 0) log.warn({ ...swept, mended }, 'the sweep took up what was left lying')
  }),
  dates: keepDoing('dates', 15_000, async () => {
    const at = now()
    await doEach([
      lapseDecisions,
      supersedeServed,
      endAnnexReviews,
      oweSummaries,
      tellAssociations,
      oweWeeks,
      remindDue,
      endMandates,
      runClosings,
    ])
    // Only when all of them went well: when one fails again and again, nobody is reminded, and the operator must know.
    await withWorker((tx) => beat(tx, 'dates', at))
  }),
  joint: keepDoing('joint works', 15_000, async () => {
    await countJointWorks()
    await countVendorWorks()
  }),
  domains: keepDoing('domains', 300_000, async () => {
    await recheckDomains()
  }),
  alarms: keepDoing('alarms', 300_000, async () => {
    // After a stop everything is late for a moment, and the other processes only begin to report.
    if (process.uptime() < 240) return
    const swept = await sweepAlarms()
    if (swept !== null && swept.began > 0) log.error(swept, 'something is wrong with the portal')
  }),
  compare: keepDoing('compare', 600_000, () =>
    doEach([
      openLostDuties,
      () => withWorker((tx) => endLinks(tx)),
      sweepUploads,
      sweepLooseParts,
      sweepExports,
      sweepArrivals,
      () => withWorker((tx) => tx.$queryRaw`select compact_notice_tally()`),
      () => withWorker((tx) => tx.$queryRaw`select compact_coverage(${now()})`),
    ]),
  ),
}

const stopListening = listenForAlarms((alarm) => {
  if (alarm === 'mail') rounds.mail.ring()
  if (alarm === 'job') rounds.job.ring()
  if (alarm === 'inbound') rounds.inbound.ring()
  if (alarm === 'dates') rounds.dates.ring()
})
log.info({ transport: MAIL_URL === undefined ? 'mailbox' : 'smtp' }, 'the worker works')

function beat(tx: Transaction, name: 'worker' | 'dates', at: Date) {
  return tx.heartbeat.upsert({ where: { name }, create: { name, at }, update: { at }, select: { at: true } })
}

async function stop(): Promise<void> {
  if (state.stopping) return
  state.stopping = true
  outbox.stop()
  // What is being sent may end; what does not end in time is found by its lease, and an import begins anew.
  const patience = setTimeout(() => process.exit(0), 4_000)
  await stopListening()
  const all = [
    rounds.mail,
    rounds.inbound,
    rounds.sweep,
    rounds.dates,
    rounds.joint,
    rounds.domains,
    rounds.alarms,
    rounds.compare,
  ]
  await Promise.all(all.map((each) => each.end()))
  await transport.close()
  await Promise.all([closeDatabase(), closeAuth()])
  clearTimeout(patience)
  process.exit(0)
}
onceToldToStop(stop)

async function openLostDuties(): Promise<void> {
  const reopened = await withWorker((tx) => compareDuties(tx))
  if (reopened > 0) log.error({ reopened }, 'duties had lost their mails and are sent again')
}

function importTryOf({ subjectId, requestedBy, attempts }: TakenJob) {
  return { importId: subjectId, personId: requestedBy ?? '', isLastTry: attempts >= mostAttempts }
}

function sheetTryOf({ subjectId, attempts }: TakenJob) {
  return { sheetId: subjectId, isLastTry: attempts >= mostAttempts }
}
