import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { formatNumber } from '#app/ui/format.ts'
import { account } from './account.ts'
import type { Content } from './blocks.ts'
import { address } from './facts.ts'
import { Layout } from './layout.tsx'

/** What this mail needs to know. */
export const facts = z.object({
  name: z.string().nullable(),
  organisation: z.string(),
  inviter: z.string(),
  role: z.enum(['owner', 'editor', 'approver', 'viewer']),
  url: address,
  hours: z.int().positive(),
})
type Facts = z.infer<typeof facts>

const roles = {
  owner: m.mails_invitation_role_owner,
  editor: m.mails_invitation_role_editor,
  approver: m.mails_invitation_role_approver,
  viewer: m.mails_invitation_role_viewer,
} as const satisfies Record<Facts['role'], () => string>

/** The subject line. */
export const subject = ({ organisation, inviter }: Facts): string =>
  m.mails_invitation_subject({ inviter, organisation })

/** The body, for both parts. */
export function content({ name, organisation, inviter, role, url, hours }: Facts): Content {
  return account({
    name,
    url,
    title: m.mails_invitation_title({ inviter, organisation }),
    preview: m.mails_invitation_preview({ inviter, organisation }),
    text: [roles[role]()],
    act: m.mails_invitation_act(),
    note: m.mails_link_good_for({ count: formatNumber(hours), n: hours }),
    foot: m.mails_invitation_foot({ inviter, organisation }),
  })
}

/** The HTML part, of what `content` says. */
export default function Mail(said: Content) {
  return <Layout {...said} />
}
