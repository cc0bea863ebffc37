/** How long after signing in a person may change how they sign in, in minutes: the same as in auth-settings.server.ts. */
export const freshMinutes = 15

/** Whether somebody signed in so recently that it is surely them who sits there. */
export function isFresh({ signedInAt }: { signedInAt: Date }, at: Date): boolean {
  return at.getTime() - signedInAt.getTime() < freshMinutes * 60_000
}

// Whoever still lacks the second factor that their organisation wants sets it up here, and does nothing else.
const pages = ['/settings/sign-in', '/settings/second-factor', '/settings/recovery-codes', '/settings/passkeys']

/** Whether an address belongs to the pages on which one sets up how one signs in. */
export function isAboutSignIn(path: string): boolean {
  const [bare = ''] = path.split('?')
  return pages.some((page) => bare === page || bare.startsWith(`${page}/`) || bare.startsWith(`${page}.`))
}
