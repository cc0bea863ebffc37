import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'

/** The longest message that is written in the portal, in characters. */
export const mostMessageText = 10_000

/** A message of the holder. The key makes a form that is sent twice one message. */
export const messageForm = z.object({
  key: z.uuid(),
  text: z
    .string({ error: () => m.replies_write_missing() })
    .trim()
    .min(1, { error: () => m.replies_write_missing() })
    .max(mostMessageText, { error: () => m.replies_write_long({ max: String(mostMessageText) }) }),
})

/** What such a form holds. */
export type MessageToWrite = z.infer<typeof messageForm>
