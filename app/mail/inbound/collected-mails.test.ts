import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { collection, cpuMs } from '#test/mail-files.ts'
import { classifyMail } from './classify-mail.ts'
import { cutReply } from './cut-reply.ts'
import { readMail } from './read-mail.ts'

const verdicts = z.record(
  z.string(),
  z.array(z.object({ dsn: z.string(), replycode: z.string(), reason: z.string(), hardbounce: z.boolean() })),
)
const expectedFile = path.join(collection, 'bounces', 'expected.json')
const expected = existsSync(expectedFile) ? verdicts.parse(JSON.parse(readFileSync(expectedFile, 'utf8'))) : {}

/**
 * Where we read otherwise than the collection: the server's only words are "No such user" and "does not exist", while it
 * calls both a filter's refusal, and the same words without a status code elsewhere an unknown user.
 */
const readOtherwise = new Set(['maildir/bsd/lhost-surfcontrol-01.eml', 'maildir/bsd/rfc3464-42.eml'])

const absent = collection === '' ? ' (skipped: the collection is not beside the project)' : ''
const kinds: Record<string, string> = { feedback: 'complaint', vacation: 'auto' }

describe.skipIf(collection === '')(`reports collected by others${absent}`, () => {
  test.for(Object.entries(expected))('%s', async ([file, recipients]) => {
    const { kind, bounce, answerable } = classifyMail(
      await readMail(readFileSync(path.join(collection, 'bounces', file))),
    )
    const other = kinds[recipients[0]?.reason ?? '']
    const hard = recipients.map(({ hardbounce }) => (readOtherwise.has(file) ? !hardbounce : hardbounce))
    const read = kind === 'delayed' ? 'bounce' : kind
    expect({
      kind: read,
      hard: other === undefined ? (bounce?.recipients ?? []).map((recipient) => recipient.hard) : [],
      answerable,
    }).toEqual({ kind: other ?? 'bounce', hard: other === undefined ? hard : [], answerable: false })
  })

  test('at least 95 in a hundred verdicts are those of the collection', async () => {
    let all = 0
    let agreed = 0
    for (const [file, recipients] of Object.entries(expected)) {
      const { kind, bounce } = classifyMail(await readMail(readFileSync(path.join(collection, 'bounces', file))))
      for (const [at, { reason, hardbounce }] of recipients.entries()) {
        all += 1
        const same = reason in kinds ? kind === kinds[reason] : bounce?.recipients[at]?.hard === hardbounce
        agreed += same ? 1 : 0
      }
    }
    expect(all).toBeGreaterThan(140)
    expect(agreed / all).toBeGreaterThan(0.95)
  })

  test('the codes are those of the collection, but for a few it takes from elsewhere in the text', async () => {
    let all = 0
    let agreed = 0
    for (const [file, recipients] of Object.entries(expected)) {
      const { bounce } = classifyMail(await readMail(readFileSync(path.join(collection, 'bounces', file))))
      for (const [at, { reason, dsn, replycode }] of recipients.entries()) {
        if (reason in kinds) continue
        const got = bounce?.recipients[at]
        // The collection makes up codes of the form X.0.9NN where the mail has none.
        const status = /\.0\.9\d\d$/.test(dsn) ? '' : dsn
        all += 1
        agreed +=
          (status === '' || got?.status === status) && (replycode === '' || got?.replyCode === replycode) ? 1 : 0
      }
    }
    expect(agreed / all).toBeGreaterThan(0.97)
  })
})

const replies = path.join(collection, 'replies')
const replyFiles = existsSync(replies) ? readdirSync(path.join(replies, 'emails')) : []

describe.skipIf(replyFiles.length === 0)(`replies collected by others${absent}`, () => {
  test.for(replyFiles)('%s', (file) => {
    const text = readFileSync(path.join(replies, 'emails', file), 'utf8')
    const fresh = readFileSync(path.join(replies, 'trimmed', file), 'utf8').trimEnd()
    expect(cutReply(text).fresh).toBe(fresh)
  })
})

const mails = collection === '' ? [] : readdirSync(collection, { recursive: true, encoding: 'utf8' })

describe.skipIf(mails.length === 0)(`odd mails collected by others${absent}`, () => {
  test.for(mails.filter((file) => file.endsWith('.eml')))('%s is read in under a second', async (file) => {
    const raw = readFileSync(path.join(collection, file))
    const spent = await cpuMs(async () => {
      const mail = await readMail(raw)
      classifyMail(mail)
      cutReply(mail.text)
    })
    expect(spent).toBeLessThan(1_000)
  })
})
