import { data, redirect } from 'react-router'
import type { RouterContextProvider } from 'react-router'
import type { SubmissionResult } from '@conform-to/react'
import { choiceCookie } from '#app/accounts/cookies.ts'
import { countedAs } from '#app/platform/client-address.server.ts'
import { env } from '#app/platform/env.server.ts'
import { requestContext } from '#app/platform/request.server.ts'

type Reply = { formErrors?: string[]; fieldErrors?: Record<string, string[]>; hideFields?: string[] }
type Submitted = { reply: (options: Reply) => SubmissionResult }

/** What a form that came back is shown from. */
export type FormAgain = { result: SubmissionResult }

/** The form once more, with what is wrong at its fields. What was typed is kept, passwords are not. */
export function formAgain(submission: Submitted, errors: Omit<Reply, 'hideFields'> = {}, status = 400) {
  const hideFields = ['password', 'currentPassword']
  return data<FormAgain>({ result: submission.reply({ ...errors, hideFields }) }, { status })
}

/** Goes on to another page with GET, taking cookies along. */
export function goOn(path: string, cookies: readonly string[] = []): Response {
  const headers = new Headers(cookies.map((cookie): [string, string] => ['Set-Cookie', cookie]))
  return redirect(path, { status: 303, headers })
}

/** A cookie that remembers a choice. */
export function rememberChoice(name: string, value: string): string {
  return choiceCookie(name, value, { secure: env().BASE_URL.startsWith('https:') })
}

/** The network address under which the tries of this request are counted. */
export function clientOf(context: Readonly<RouterContextProvider>): string {
  return countedAs(context.get(requestContext).clientAddress)
}
