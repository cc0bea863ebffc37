import type { Readable } from 'node:stream'
import type { FoundFile } from './arrivals.ts'

/**
 * Where the bytes of files lie: a folder or a bucket. A key is a path of plain segments; what is put is there entirely or
 * not at all, and outlives a crash once `put` has answered.
 */
export interface ObjectStore {
  put(key: string, source: AsyncIterable<Uint8Array>): Promise<void>
  /** Streams the bytes; the stream fails with the code ENOENT where there are none. */
  read(key: string): Readable
  has(key: string): Promise<boolean>
  /** Gives an object its final key, in place of what was there: the same key means the same bytes. */
  move(from: string, to: string): Promise<void>
  remove(key: string): Promise<void>
  /** What lies in a folder of keys and beneath it; nothing where there is no such folder. */
  list(folder: string): AsyncIterable<FoundFile>
  /**
   * Removes what a killed process left of objects that it was putting, begun before this instant of the machine's clock.
   *
   * @returns how many
   */
  removeUnfinished(before: number): Promise<number>
  /** Whether it can be reached. */
  answers(): Promise<boolean>
}

/** The error of a key that holds nothing, as Node's own file system says it. */
export function noSuchObject(key: string): Error & { code: string } {
  return Object.assign(new Error(`There is no object ${key}`), { code: 'ENOENT' })
}

/** Whether an error says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
