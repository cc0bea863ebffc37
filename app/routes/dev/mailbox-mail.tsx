import { m } from '#app/generated/messages/messages.js'
import { hasMailboxPage, openBoxedMail } from '#app/platform/read-mailbox.server.ts'
import { Facts } from '#app/ui/facts.tsx'
import { formatBytes } from '#app/ui/format.ts'
import { PageHead } from '#app/ui/page-head.tsx'
import { pageTitle } from '#app/ui/page-title.ts'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/mailbox-mail.ts'

export const handle = { main: 'open' }
export const meta: Route.MetaFunction = ({ loaderData }) => pageTitle(loaderData?.subject ?? '')

export async function loader({ params }: Route.LoaderArgs) {
  const mail = hasMailboxPage() ? await openBoxedMail(params.name) : null
  if (mail === null) throw new Response(null, { status: 404 })
  const { html, ...rest } = mail
  return { ...rest, name: params.name, hasHtml: html !== null }
}

/** One mail of the built-in mailbox: its fields, its text part, its HTML part in a frame that may do nothing. */
export default function MailboxMail({ loaderData: mail }: Route.ComponentProps) {
  return (
    <>
      <PageHead title={mail.subject} crumbs={[{ href: '/dev/mailbox', label: m.public_mailbox_title() }]} />
      <div className="stack">
        <Facts
          facts={[
            [m.public_mailbox_from(), mail.from],
            [m.public_mailbox_to(), mail.to],
            mail.replyTo === null ? null : [m.public_mailbox_reply_to(), mail.replyTo],
            ...mail.attachments.map(
              ({ name, bytes }) => [m.public_mailbox_attachment(), `${name} (${formatBytes(bytes)})`] as const,
            ),
          ]}
        />
        <Section id="text" title={m.public_mailbox_text()}>
          <pre className="mail-text">{linked(mail.text)}</pre>
        </Section>
        {mail.hasHtml && (
          <Section id="html" title={m.public_mailbox_html()}>
            <iframe
              className="mail-frame"
              title={m.public_mailbox_html()}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              src={`/dev/mailbox/${encodeURIComponent(mail.name)}/html`}
            />
          </Section>
        )}
      </div>
    </>
  )
}

// A mail program makes links of addresses; so does this page.
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s<>]+)/).map((piece, at) =>
    at % 2 === 1 ? (
      <a key={piece + String(at)} href={piece}>
        {piece}
      </a>
    ) : (
      piece
    ),
  )
}
