import { setTimeout as wait } from 'node:timers/promises'
import { filled, formsOf, type PageForm } from './page-form.ts'
import type { Act, ActRecord, Told } from './record.ts'

type Given = Readonly<Record<string, string | readonly string[]>>

/** What was answered to a form. `location` is where an accepted one leads. */
export interface Answered {
  readonly told: Told
  readonly status: number
  readonly location: string
  readonly html: string
}

/** A form that is sent as an act; only a redirect to an address like `leadsTo` says that it was done. */
export interface SentAct {
  readonly path: string
  readonly body: URLSearchParams | FormData
  readonly leadsTo: RegExp
  readonly tries: number
}

/** One person's browser without script. */
export interface Visitor {
  signIn(email: string, password: string): Promise<void>
  /** A page, asked for until the portal is there; null where there is no such page, or it is not for this person. */
  open(path: string): Promise<string | null>
  /** The form of a page that has this field or choice. */
  formWith(path: string, name: string): Promise<PageForm | null>
  /** Sends a form until it is answered for good. For what is saved on the way: no act. */
  save(path: string, name: string, given: Given): Promise<Answered | null>
  /** Sends a form as an act that is recorded; where no answer comes, perhaps once more, as people do. */
  act(act: Act, sent: SentAct): Promise<Answered>
}

/** The whole run ends: whoever waits stops waiting. */
export class RunEnded extends Error {}

interface Browser {
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>
  readonly post: (path: string, body: URLSearchParams | FormData) => Promise<Answered>
}

function newBrowser(url: string): Browser {
  const cookies = new Map<string, string>()
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(`${url}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...init,
      headers: { Origin: url, Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    return response
  }
  return {
    ask,
    async post(path, body) {
      try {
        const response = await ask(path, { method: 'POST', body })
        const html = await response.text()
        const location = response.headers.get('location') ?? ''
        return { told: toldBy(response.status), status: response.status, location, html }
      } catch (error) {
        return { told: 'unknown', status: 0, location: '', html: String(error) }
      }
    },
  }
}

/** @param ended tells that the run is over */
export function newVisitor(url: string, record: ActRecord, ended: () => boolean): Visitor {
  const { ask, post } = newBrowser(url)

  async function open(path: string): Promise<string | null> {
    while (!ended()) {
      const response = await ask(path).catch(() => null)
      const html = await response?.text().catch(() => null)
      if (response?.status === 200 && typeof html === 'string') return html
      if (response !== null && response.status < 500) return null
      await wait(150)
    }
    throw new RunEnded()
  }

  async function formWith(path: string, name: string): Promise<PageForm | null> {
    const html = await open(path)
    const has = ([each]: readonly [string, string]) => each === name
    return formsOf(html ?? '').find(({ fields, offered }) => fields.some(has) || offered.some(has)) ?? null
  }

  return {
    open,
    formWith,
    async signIn(email, password) {
      const signedIn = await post('/sign-in', new URLSearchParams({ email, password, next: '/home' }))
      if (signedIn.status !== 303)
        throw new Error(`${email} could not sign in: ${signedIn.status} ${signedIn.html.slice(0, 200)}`)
    },
    async save(path, name, given) {
      while (!ended()) {
        const form = await formWith(path, name)
        if (form === null) return null
        const answered = await post(form.action ?? path, bodyOf(form, given))
        if (answered.told !== 'unknown') return answered
      }
      throw new RunEnded()
    },
    async act(act, { path, body, leadsTo, tries }) {
      for (let tried = 1; ; tried += 1) {
        const number = record.begin(act)
        const answer = await post(path, body)
        const elsewhere = answer.told === 'accepted' && !leadsTo.test(answer.location)
        const answered: Answered = elsewhere ? { ...answer, told: 'refused' } : answer
        record.end(number, answered.told, `${answered.status} ${answered.location}`)
        if (answered.told !== 'unknown' || tried >= tries || ended()) return answered
        await wait(300)
      }
    },
  }
}

/** What a form sends once these fields say something else. */
export function bodyOf(form: PageForm, given: Given): URLSearchParams {
  return new URLSearchParams(filled(form, given).map(([name, value]) => [name, value]))
}

// A page that comes back with 200 asked for more: nothing was done. A 5xx may have come after the commit.
function toldBy(status: number): Told {
  if (status === 303 || status === 302) return 'accepted'
  return status >= 500 ? 'unknown' : 'refused'
}
