import { UNSAFE_SingleFetchRedirectSymbol as redirectSymbol, type ServerBuild } from 'react-router'

/**
 * A build that serves documents only. For each page the router writes all that its loaders read into a stream for a script
 * that no page of ours has, which takes longer than drawing the page; a mark on the data leaves it out of that stream.
 */
export function keptOnServer(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => {
    const loader = route?.module.loader
    if (route === undefined || loader === undefined) return [id, route] as const
    const quiet: typeof loader = async (args) => markUnsent(await loader(args))
    return [id, { ...route, module: { ...route.module, loader: quiet } }] as const
  })
  return { ...build, routes: Object.fromEntries(routes) }
}

/** Marks data that only the server draws with; anything but a plain object passes as it is. */
export function markUnsent(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype) return data
  // The encoder writes what stands under this symbol in place of the object. It is not enumerable: copies go without it.
  return Object.isExtensible(data)
    ? Object.defineProperty(data, redirectSymbol, { value: 0, configurable: true })
    : data
}
