import { findMember } from '#app/accounts/viewer.server.ts'
import { m } from '#app/generated/messages/messages.js'
import { LinkButton } from '#app/ui/button.tsx'
import { Section } from '#app/ui/section.tsx'
import type { Route } from './+types/landing.ts'
import { NoticeSample } from './notice-sample.tsx'

export const handle = { main: 'open' }
export const meta = () => [{ title: 'Caveat' }, { name: 'description', content: m.public_landing_lead() }]

export function loader({ context }: Route.LoaderArgs) {
  return { signedIn: findMember(context) !== undefined }
}

/** What this place is, for whom, and how its records are proved. */
export default function Landing({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <div className="hero">
        <div>
          <h1>{m.public_landing_title()}</h1>
          <p>{m.public_landing_lead()}</p>
          <div className="bs">
            {loaderData.signedIn ? (
              <LinkButton look="go" href="/home">
                {m.ui_nav_home()}
              </LinkButton>
            ) : (
              <>
                <LinkButton look="go" href="/sign-in">
                  {m.public_landing_sign_in()}
                </LinkButton>
                <LinkButton href="/sign-up">{m.public_landing_sign_up()}</LinkButton>
              </>
            )}
          </div>
        </div>
        <NoticeSample />
      </div>
      <div className="stack">
        <Section id="what" title={m.public_landing_what()}>
          <div className="three">
            <Audience title={m.public_landing_holder()}>
              <li>{m.public_landing_holder_1()}</li>
              <li>{m.public_landing_holder_2()}</li>
              <li>{m.public_landing_holder_3()}</li>
            </Audience>
            <Audience title={m.public_landing_vendor()}>
              <li>{m.public_landing_vendor_1()}</li>
              <li>{m.public_landing_vendor_2()}</li>
              <li>{m.public_landing_vendor_3()}</li>
            </Audience>
            <Audience title={m.public_landing_association()}>
              <li>{m.public_landing_association_1()}</li>
              <li>{m.public_landing_association_2()}</li>
              <li>{m.public_landing_association_3()}</li>
            </Audience>
            <Audience title={m.public_landing_bearer()}>
              <li>
                <Verifying />
              </li>
              <li>{m.public_landing_bearer_2()}</li>
            </Audience>
          </div>
        </Section>
        <Section id="proof" title={m.public_landing_proof()}>
          <p>{m.public_landing_proof_text()}</p>
          <p className="cap">{m.public_landing_advice()}</p>
        </Section>
      </div>
    </>
  )
}

function Audience({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul className="m">{children}</ul>
    </div>
  )
}

// The sentence is one message, so that each language puts the link where it belongs.
function Verifying() {
  const [before, after] = m.public_landing_bearer_1({ link: '\uE000' }).split('\uE000')
  return (
    <>
      {before}
      <a href="/verify">{m.public_landing_bearer_1_link()}</a>
      {after}
    </>
  )
}
