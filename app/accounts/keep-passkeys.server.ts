import { addPasskey, findPasskeys, removePasskey } from '#app/platform/passkeys.server.ts'
import { countTry } from '#app/platform/rate-limit.server.ts'

import { changeAndTell } from './owe-security-mail.server.ts'
import { personOf } from './set-up-second-factor.server.ts'
import type { Viewer } from './viewer.server.ts'

type Asked = { viewer: Viewer; headers: Headers }
/** How many passkeys one person may have. */
export const mostPasskeys = 20

type Kept = { allowed: true } | { allowed: false; because: 'not-taken' | 'too-many' }

/** Keeps a passkey that the browser of somebody freshly signed in has made, and tells them by mail. */
export async function keepPasskey({
  viewer,
  headers,
  response,
  name,
}: Asked & { response: unknown; name: string }): Promise<Kept> {
  const counted = await countTry('code of account', viewer.personId)
  if (!counted.allowed || (await findPasskeys(viewer.personId)).length >= mostPasskeys)
    return { allowed: false, because: 'too-many' }
  const kept = await changeAndTell({
    person: personOf(viewer),
    headers,
    what: 'passkey-added',
    item: name,
    act: () => addPasskey(headers, { response, name }),
    told: (made) => made && { undo: { kind: 'passkey', id: made.id } },
  })
  return kept === undefined ? { allowed: false, because: 'not-taken' } : { allowed: true }
}

/** Removes a passkey of somebody freshly signed in, and tells them by mail; one that is gone already is no matter. */
export async function dropPasskey({ viewer, headers, passkeyId }: Asked & { passkeyId: string }): Promise<void> {
  const found = (await findPasskeys(viewer.personId)).find(({ id }) => id === passkeyId)
  if (found === undefined) return
  await changeAndTell({
    person: personOf(viewer),
    headers,
    what: 'passkey-removed',
    item: found.name,
    act: () => removePasskey(viewer.personId, passkeyId),
    told: (removed) => removed && { undo: null },
  })
}
