import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const own = path.join(import.meta.dirname, 'fixtures', 'mail')

/** The names of our own sample mails in a folder of test/fixtures/mail, without their ending. */
export function mailFiles(folder: 'reports' | 'machines' | 'people'): string[] {
  return readdirSync(path.join(own, folder)).map((name) => `${folder}/${name.replace(/\.eml$/, '')}`)
}

/** One of our sample mails as it travels: lines ended by CRLF. */
export function mailFile(name: string): Uint8Array {
  return asTravelled(readFileSync(path.join(own, `${name}.eml`)))
}

/** Text as a mail travels. */
export function mailOf(source: string): Uint8Array {
  return asTravelled(Buffer.from(source))
}

function asTravelled(bytes: Buffer): Uint8Array {
  // One character a byte: some samples are in ISO-2022-JP.
  return Uint8Array.from(Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'))
}

/** The collected mails of others that lie beside the project, and whether they do. */
export const collection = ['../shared/data/email', '../../shared/data/email'].find((folder) => existsSync(folder)) ?? ''

/** How long work took on the processor: other work on the machine does not count. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
