import type { SubmissionResult } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import { data, redirect } from 'react-router'
import type { z } from 'zod'

import { refusalWords, type Done, type OperatorRefusal } from '#app/operator/wording.ts'

/** A form that came back: which of the page's forms, and what was typed with its errors. */
export type Posted = { intent: string; result: SubmissionResult }

type Verdict = { allowed: true } | { allowed: false; because: OperatorRefusal }

type Asked<Schema extends z.ZodType, Answer extends Verdict> = {
  form: FormData
  schema: Schema
  act: (value: z.output<Schema>) => Promise<Answer>
  /** The page that follows, and what it says was done. */
  next: (verdict: Extract<Answer, { allowed: true }>) => { path: string; done: Done }
}

/** Parses one form of an operator's page, does its act and leads on; a bad form comes back with 400, a refused one with 409. */
export async function answerForm<Schema extends z.ZodType, Answer extends Verdict>({
  form,
  schema,
  act,
  next,
}: Asked<Schema, Answer>) {
  const intent = intentOf(form)
  const submission = parseWithZod(form, { schema })
  if (submission.status !== 'success') return data<Posted>({ intent, result: submission.reply() }, 400)
  const verdict = await act(submission.value)
  if (!isAllowed(verdict)) {
    const because: OperatorRefusal = verdict.allowed ? 'not-operator' : verdict.because
    return data<Posted>({ intent, result: submission.reply({ formErrors: [refusalWords[because]()] }) }, 409)
  }
  const { path, done } = next(verdict)
  return redirect(`${path}?done=${done}`, 303)
}

function isAllowed<Answer extends Verdict>(verdict: Answer): verdict is Extract<Answer, { allowed: true }> {
  return verdict.allowed
}

/** Which of a page's forms was sent; empty when it does not say. */
export function intentOf(form: FormData): string {
  const intent = form.get('intent')
  return typeof intent === 'string' ? intent : ''
}

/** What came back for this form of the page, if it was this one. */
export function resultFor(posted: Posted | undefined, intent: string): SubmissionResult | undefined {
  return posted?.intent === intent ? posted.result : undefined
}

/** Answers a form that no page of ours sends. */
export function unknownIntent(): never {
  // oxlint-disable-next-line typescript/only-throw-error -- React Router wants a response thrown
  throw new Response(null, { status: 400 })
}
