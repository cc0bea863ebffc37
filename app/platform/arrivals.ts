const keptMilliseconds = 86_400_000

/** What was last written to before this instant does not arrive any more. */
export function arrivedUntil(at: number): number {
  return at - keptMilliseconds
}

/** A file beneath the folder of files: its path from there, and when it was last written to, by the machine's clock. */
export interface FoundFile {
  readonly path: string
  readonly writtenAt: number
}

/**
 * Whether a file is what a killed process left of something that was arriving: nothing refers to it before it has its final name. What
 * was written to within a day may still be arriving.
 */
export function isLeftArrival({ path, writtenAt }: FoundFile, at: number): boolean {
  return /^incoming[-/][0-9a-f-]{36}$/u.test(path) && writtenAt < arrivedUntil(at)
}
