import { isRouteErrorResponse } from 'react-router'
import { m } from '#app/generated/messages/messages.js'

/** What a page says when it cannot do what was asked. */
export interface Trouble {
  readonly title: string
  readonly text: string
  /** Whether the number of the request helps to find the cause. */
  readonly ours: boolean
}

const known: Readonly<Record<number, () => Omit<Trouble, 'ours'>>> = {
  400: () => ({ title: m.ui_trouble_400(), text: m.ui_trouble_400_text() }),
  403: () => ({ title: m.ui_trouble_403(), text: m.ui_trouble_403_text() }),
  404: () => ({ title: m.ui_trouble_404(), text: m.ui_trouble_404_text() }),
  405: () => ({ title: m.ui_trouble_405(), text: m.ui_trouble_405_text() }),
  409: () => ({ title: m.ui_trouble_409(), text: m.ui_trouble_409_text() }),
  413: () => ({ title: m.ui_trouble_413(), text: m.ui_trouble_413_text() }),
  429: () => ({ title: m.ui_trouble_429(), text: m.ui_trouble_429_text() }),
}

// Outside of the frame there is no organisation to switch: who stands there mostly comes from a mail.
function notFoundFromAMail(): Omit<Trouble, 'ours'> {
  return { title: m.ui_trouble_404(), text: m.ui_trouble_404_open_text() }
}

/**
 * Names what went wrong, what is safe and who can help. A route may say it better by throwing
 * `data({ say: 'Only an approver can send this. Ask Kenji Ono.' }, { status: 403 })`.
 *
 * @param place whether the page stands in the frame of an organisation
 */
export function troubleOf(error: unknown, place: 'frame' | 'open' = 'frame'): Trouble {
  if (!isRouteErrorResponse(error)) return { title: m.ui_trouble_500(), text: m.ui_trouble_500_text(), ours: true }
  const words = place === 'open' && error.status === 404 ? notFoundFromAMail() : known[error.status]?.()
  if (words === undefined) return { title: m.ui_trouble_500(), text: m.ui_trouble_500_text(), ours: true }
  return { title: words.title, text: saidBy(error.data) ?? words.text, ours: false }
}

function saidBy(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('say' in thrown)) return undefined
  return typeof thrown.say === 'string' ? thrown.say : undefined
}
