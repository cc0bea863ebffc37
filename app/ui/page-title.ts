/** The `meta` of a page: what it is, then where one is. */
export function pageTitle(title: string): [{ title: string }] {
  return [{ title: `${title} · Caveat` }]
}
