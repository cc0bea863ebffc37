import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The project's folder, from a source file and from the build alike: what is read at run time lies under it. */
export const projectRoot = find(import.meta.dirname)

function find(folder: string): string {
  if (existsSync(join(folder, 'prisma/migrations'))) return folder
  if (dirname(folder) === folder) throw new Error('The folder prisma/migrations is not beside this program')
  return find(dirname(folder))
}
