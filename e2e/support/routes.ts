import manifest from '../../app/routes.ts'

/** Every address pattern of app/routes.ts, with a leading slash; layouts have none. */
export function routePatterns(): string[] {
  return patternsOf(manifest, '').toSorted()
}

type Entry = { path?: string | undefined; index?: boolean | undefined; children?: Entry[] | undefined }

function patternsOf(entries: readonly Entry[], parent: string): string[] {
  return entries.flatMap(({ path, index, children }) => {
    const here = path === undefined ? parent : `${parent}/${path}`
    const below = children ? patternsOf(children, here) : []
    return path !== undefined || index === true ? [here === '' ? '/' : here, ...below] : below
  })
}
