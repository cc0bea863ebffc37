import { withCollectives } from '#app/associations/collective-mail-handlers.server.ts'
import { openOutbox } from '#app/mail/run-outbox.server.ts'
import { noticeMailHandlers } from '#app/notices/notice-mail-handlers.server.ts'
import { closeAuth } from '#app/platform/auth.server.ts'
import { closeDatabase, withWorker } from '#app/platform/db.server.ts'
import { mailboxTransport } from '#app/platform/mailbox.server.ts'
import type { MailTransport } from '#app/platform/smtp.server.ts'
import { seedDirectory } from '#app/vendors/seed-directory.server.ts'
import { directoryEntries } from './directory/entries.ts'
import { choiceOf, playFederation } from './story/association.ts'
import { samples, seedCatalogue } from './story/catalogues.ts'
import { playReviewedFiling } from './story/collective.ts'
import { waitForApproval } from './story/four-eyes.ts'
import { proveAndSuggest } from './story/directory.ts'
import { memberOf } from './story/member.ts'
import { seedPeople } from './story/people.ts'
import { idOf, playStory } from './story/plot.ts'
import { playQuestions } from './story/questions.ts'
import { goTo } from './story/time.ts'
import { playMornings, playSilence } from './story/silence.ts'
import { seedVendors } from './story/vendors.ts'

// Brings the vendor directory to what `prisma/directory` says; with the word `demo` it plays the demo story too, once.

await withWorker((tx) => seedDirectory(tx, directoryEntries))
if (process.argv[2] === 'demo' && (await isNew())) await seedStory()
await Promise.all([closeDatabase(), closeAuth()])
process.exit(0)

async function isNew(): Promise<boolean> {
  return (await withWorker((tx) => tx.organisation.count({ where: { isDemo: true } }))) === 0
}

async function seedStory(): Promise<void> {
  process.stderr.write('Playing the demo story ...\n')
  goTo(80, 1)
  await seedPeople()
  const vendors = await seedVendors()
  const [studio, press, vendor] = await Promise.all(
    ['studio', 'press', 'vendor'].map((who) => memberOf(`${who}@demo.test`)),
  )
  if (studio === undefined || press === undefined || vendor === undefined) throw new Error('The story lacks a person')
  goTo(70, 2)
  const films = await seedCatalogue(studio, samples.films)
  const photographs = await seedCatalogue(press, samples.photographs)
  // Whatever MAIL_URL says, the past of the story goes to the built-in mailbox.
  const outbox = openOutbox({ transport: storyTransport(), handlers: withCollectives(noticeMailHandlers) })
  const deliver = async (): Promise<void> => {
    await outbox.pass()
  }
  await proveAndSuggest({ studio, press })
  const stage = { studio, press, vendor, vendors, films, photographs, deliver }
  const catalogues = await playFederation({ vendors, deliver })
  await playSilence(stage)
  await playStory(stage)
  await playMornings(stage)
  await playQuestions(stage)
  const pictures = await memberOf('pictures@demo.test')
  const vendorIds = ['kanata', 'meridian'].map((slug) => idOf(vendors, slug))
  await waitForApproval(pictures, { vendorIds, catalogue: catalogues.pictures })
  const annexed = { studio: films, games: catalogues.games, pictures: catalogues.pictures }
  const choices = await Promise.all(Object.entries(annexed).map(([who, catalogue]) => choiceOf(who, catalogue)))
  const asked = ['northlight', 'meridian'].map((slug) => idOf(vendors, slug))
  await playReviewedFiling({ choices, vendorIds: asked }, deliver)
}

// One of the story's vendors has no such mailbox any more.
function storyTransport(): MailTransport {
  const mailbox = mailboxTransport()
  return {
    ...mailbox,
    send: (mail) =>
      mail.to.endsWith('@tessera.test')
        ? Promise.resolve({
            reached: 'envelope',
            code: 550,
            response: '550 5.1.1 legal@tessera.test: no such mailbox here',
          })
        : mailbox.send(mail),
  }
}
