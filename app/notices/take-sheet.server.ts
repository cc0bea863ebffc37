import type { Readable } from 'node:stream'
import { describeFile, type FileFault } from '#app/catalogues/describe-file.server.ts'
import { plainFileName } from '#app/catalogues/file-name.ts'
import { formColumns } from '#app/catalogues/find-import.server.ts'
import { WorkbookFaultError, type WorkbookFault } from '#app/catalogues/formats/workbook-fault.ts'
import { now } from '#app/platform/clock.server.ts'
import { newId } from '#app/platform/id.ts'
import { keepObject, readObject, TooLargeError, type StoredObject } from '#app/platform/objects.server.ts'
import { checkSheet, isLong } from './check-sheet.server.ts'
import type { Measure } from './measures.ts'
import { queueSheetJob } from './queue-sheet-job.server.ts'
import { readHead, type SheetHead } from './sheet-columns.ts'
import { asSender, senderColumns, type SheetSender } from './sheet-sender.server.ts'
import { sheetWords } from './sheet-words.server.ts'

/** The largest file of answers: 64 MiB. */
export const maxSheetBytes = 64 * 2 ** 20

/** What came of sending a file of answers. */
export type SheetTaken =
  | { readonly taken: true; readonly sheetId: string }
  | { readonly taken: false; readonly because: FileFault | 'too-large' }
  | { readonly taken: false; readonly because: 'no-columns'; readonly lacks: SheetHead['lacks'] }
  | { readonly taken: false; readonly because: 'other-notice'; readonly reference: string }

/**
 * Takes a file of answers for a notice and holds it against the answers as they are. Nothing of the notice changes yet.
 * A file that the same sender sent before and did not record makes way for it.
 */
export async function takeSheet(given: {
  sender: SheetSender
  notice: { readonly id: string; readonly reference: string; readonly measures: readonly { measure: Measure }[] }
  locale: 'en' | 'ja'
  fileName: string
  content: Readable | AsyncIterable<Uint8Array>
}): Promise<SheetTaken> {
  const { sender, notice, locale } = given
  const stored = await keepWithinLimit(given.content)
  if (stored === undefined) return { taken: false, because: 'too-large' }
  const open = () => readObject(stored.sha256)
  const file = await describeFile(open)
  if (!file.readable) return { taken: false, because: file.because }
  const { stamp, lacks } = readHead(file.headings, sheetWords().fields)
  // Of another notice it is wrong throughout, whatever its columns are.
  if (stamp !== undefined && stamp.reference !== notice.reference)
    return { taken: false, because: 'other-notice', reference: stamp.reference }
  if (lacks.length > 0) return { taken: false, because: 'no-columns', lacks }

  const long = await isLongOrFault({ open, form: file.form })
  if (typeof long !== 'boolean') return { taken: false, because: long }
  const sheetId = newId()
  await asSender(sender, async (tx) => {
    const own = senderColumns(sender)
    const earlier = await tx.answerSheet.findMany({
      where: {
        noticeId: notice.id,
        status: { in: ['reading', 'read'] },
        ...(own.linkId ? { linkId: own.linkId } : { requestedBy: own.requestedBy ?? null }),
      },
      select: { id: true },
    })
    for (const { id } of earlier) await tx.$executeRaw`select clear_answer_rows(${id}::uuid)`
    await tx.answerSheet.updateMany({
      where: { id: { in: earlier.map(({ id }) => id) } },
      data: { status: 'dropped', finishedAt: now() },
    })
    await tx.answerSheet.createMany({
      data: [
        {
          id: sheetId,
          noticeId: notice.id,
          ...own,
          locale,
          status: 'reading',
          fileSha256: stored.sha256,
          fileName: plainFileName(given.fileName),
          fileBytes: stored.bytes,
          ...formColumns(file.form),
          basedOn: stamp?.sequence ?? null,
          createdAt: now(),
        },
      ],
    })
    if (long) await queueSheetJob(tx, { kind: 'check-answers', sheetId, sender })
  })
  if (!long) await checkSheet({ sender, sheetId })
  return { taken: true, sheetId }
}

// What breaks a workbook can stand behind its headings.
async function isLongOrFault(file: Parameters<typeof isLong>[0]): Promise<boolean | WorkbookFault> {
  try {
    return await isLong(file)
  } catch (error) {
    if (error instanceof WorkbookFaultError) return error.because
    throw error
  }
}

async function keepWithinLimit(content: Readable | AsyncIterable<Uint8Array>): Promise<StoredObject | undefined> {
  try {
    return await keepObject(content, maxSheetBytes)
  } catch (error) {
    if (error instanceof TooLargeError) return undefined
    throw error
  }
}
