import { AsyncLocalStorage } from 'node:async_hooks'
import { overwriteGetLocale } from '#app/generated/messages/runtime.js'

/** The languages of screens, letters and mails. */
export type Locale = 'en' | 'ja'

const current = new AsyncLocalStorage<Locale>()
overwriteGetLocale(() => current.getStore() ?? 'en')

/** Whether a language was chosen for what runs now. */
export function hasLocale(): boolean {
  return current.getStore() !== undefined
}

/** Runs `fn` so that every message, in it and in what it awaits, comes out in `locale`. */
export function withLocale<T>(locale: Locale, fn: () => T): T {
  return current.run(locale, fn)
}
