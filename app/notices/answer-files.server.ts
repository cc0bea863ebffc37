import { keptName } from '#app/evidence/file-name.ts'
import { keepFile } from '#app/evidence/keep-evidence.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { seal, unseal } from '#app/platform/secrets.server.ts'
import { takeUploads } from '#app/platform/upload.server.ts'
import { formatBytes, formatNumber } from '#app/ui/format.ts'
import { z } from 'zod'
import type { FileToAdd } from './question-files.server.ts'
import { largestAnswerFile, longestWords, mostAnswerFiles } from './questions.ts'

/** A file that has arrived and waits for the answer it goes with: what the form carries until then. */
export interface CarriedFile {
  readonly name: string
  readonly bytes: number
  /** Sealed for this question: nobody makes up a file that did not arrive. */
  readonly token: string
}

/** What a form for answering brought. Its files lie in the object storage already. */
export interface AnswerForm {
  readonly fields: URLSearchParams
  readonly files: readonly FileToAdd[]
  readonly carried: readonly CarriedFile[]
  /** What is wrong with files that were not taken, in the reader's language. */
  readonly faults: readonly string[]
}

const carried = z.object({
  name: z.string(),
  mediaType: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  question: z.string(),
})

// The words in UTF-8, and some for what is too long to be taken.
const longestField = longestWords * 4 + 4096

/**
 * Reads the form of an answer, with or without files. Those that came with an earlier try and are still ticked count too.
 *
 * @param question which question the files are for
 */
export async function readAnswerForm(request: Request, question: string): Promise<AnswerForm> {
  const limits = { field: 'file', most: mostAnswerFiles, longest: longestField }
  const form = await takeUploads(request, limits, async ({ fileName, content }) => ({
    name: keptName(fileName),
    file: await keepFile(content, largestAnswerFile),
  }))
  if (form === undefined) {
    const plain = await request.formData()
    const pairs = [...plain].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
    return answerForm(new URLSearchParams(pairs), [], { question, faults: [] })
  }
  const faults: string[] = []
  const fresh: FileToAdd[] = []
  for (const { name, file } of form.taken) {
    if (file.kept) fresh.push({ name, mediaType: file.type, ...file.stored })
    else faults.push(m.questions_fault_file({ name, reason: reasons[file.because]() }))
  }
  return answerForm(form.fields, fresh, { question, faults, left: form.left })
}

type Rest = { question: string; faults: readonly string[]; left?: number }

function answerForm(fields: URLSearchParams, fresh: readonly FileToAdd[], { question, faults, left = 0 }: Rest) {
  const before = fields.getAll('kept').flatMap((token) => opened(token, question))
  const all = [...before, ...fresh]
  const files = all.slice(0, mostAnswerFiles)
  const many = left > 0 || all.length > files.length
  return {
    fields,
    files,
    carried: files.map((file) => ({ name: file.name, bytes: file.bytes, token: sealed(file, question) })),
    faults: many ? [...faults, m.questions_fault_files_many({ count: formatNumber(mostAnswerFiles) })] : faults,
  }
}

const reasons = {
  'too-large': () => m.questions_fault_file_large({ most: formatBytes(largestAnswerFile) }),
  empty: () => m.questions_fault_file_empty(),
  program: () => m.questions_fault_file_program(),
  kind: () => m.questions_fault_file_kind(),
}

const purpose = 'file of an answer'

function sealed(file: FileToAdd, question: string): string {
  return seal(purpose, JSON.stringify({ ...file, question }))
}

function opened(token: string, question: string): FileToAdd[] {
  const text = unseal(purpose, token)
  const read = text === undefined ? undefined : carried.safeParse(JSON.parse(text))
  if (read?.success !== true || read.data.question !== question) return []
  const { question: _, ...file } = read.data
  return [file]
}
