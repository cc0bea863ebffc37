import { WorkbookFaultError } from './workbook-fault.ts'

/** An entry as the directory of an archive declares it. Sizes in bytes. */
export interface ArchiveEntry {
  readonly name: string
  readonly compressed: number
  readonly uncompressed: number
  /** Where its header begins. */
  readonly offset: number
  readonly encrypted: boolean
  /** 0 stored, 8 deflated. */
  readonly method: number
}

/** Workbooks have dozens of entries; one with pictures a few thousand. */
export const mostEntries = 10_000
/** A million rows of twenty columns come to about one gibibyte of XML. */
export const mostBytesInside = 2 * 2 ** 30
// XML of equal rows shrinks to a hundredth. Small parts shrink more and harm nobody.
const mostRatio = 250
const harmlessBytes = 16 * 2 ** 20
const archives = /\.(?:zip|7z|rar|gz|bz2|xz|tar|jar|xlsx|xlsm|docx|pptx)$/iu

/**
 * Judges an archive by its directory before anything of it is unpacked: how many entries, how much they claim to hold, whether
 * they overlap, hide each other or lead out of the archive.
 *
 * @throws WorkbookFaultError with what is wrong
 */
export function checkArchive(entries: readonly ArchiveEntry[]): void {
  if (entries.length > mostEntries) throw tooLarge(`${entries.length} entries`)
  const names = new Set<string>()
  let total = 0
  for (const entry of entries) {
    const { name, compressed, uncompressed, encrypted, method } = entry
    if (encrypted) throw new WorkbookFaultError('encrypted', `${name} is encrypted`)
    if (leadsOut(name)) throw unsafe(`an entry is called ${name}`)
    if (names.has(name.toLowerCase())) throw unsafe(`two entries are called ${name}`)
    names.add(name.toLowerCase())
    if (method !== 0 && method !== 8) throw new WorkbookFaultError('damaged-workbook', `method ${method}`)
    // Embedded workbooks of charts lie in a folder of their own and are never opened.
    if (archives.test(name) && !name.includes('embeddings/')) throw unsafe(`an archive within: ${name}`)
    if (uncompressed > harmlessBytes && uncompressed > compressed * mostRatio)
      throw tooLarge(`${name} shrinks too well`)
    total += uncompressed
  }
  if (total > mostBytesInside) throw tooLarge(`${total} bytes inside`)
  checkOverlaps(entries)
}

function checkOverlaps(entries: readonly ArchiveEntry[]): void {
  // A local header has thirty bytes, the name and whatever else follows it.
  const placed = entries.toSorted((one, other) => one.offset - other.offset)
  for (const [index, { offset, name, compressed }] of placed.entries()) {
    const next = placed[index + 1]
    if (next !== undefined && next.offset < offset + 30 + Buffer.byteLength(name) + compressed) {
      throw unsafe(`${name} and ${next.name} overlap`)
    }
  }
}

function leadsOut(name: string): boolean {
  if (name === '' || name.startsWith('/') || /^[a-z]:/iu.test(name) || /[\\\0]/u.test(name)) return true
  return name.split('/').includes('..')
}

function tooLarge(detail: string): WorkbookFaultError {
  return new WorkbookFaultError('too-large-inside', detail)
}

function unsafe(detail: string): WorkbookFaultError {
  return new WorkbookFaultError('unsafe-workbook', detail)
}
