import { z } from 'zod'
import { addressField } from '#app/accounts/address.ts'
import { m } from '#app/generated/messages/messages.js'
import { oneLine } from './letter-words.ts'
import { questionKinds, questionWords, sendBackReasons } from './questions.ts'
import { vendorReferenceSchema } from './vendor-reference.ts'

const line = (missing: () => string) =>
  z
    .string({ error: missing })
    .max(120, { error: missing })
    .transform((typed) => oneLine(typed))
    .pipe(z.string().min(1, { error: missing }))

const name = line(() => m.mails_answer_fault_name())
const role = line(() => m.mails_answer_fault_role())
const reference = z.string({ error: () => m.mails_answer_fault_reference() }).pipe(vendorReferenceSchema)

const question = z.object({ question: z.uuid(), text: questionWords, name, role })

/** Who answers without an account, in his or her own words. */
export const linkWho = z.object({ name, role })

/** The answers that the page from the mail takes; each is one form, told apart by `intent`. */
export const linkAnswers = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('acknowledge'), name, role, reference: vendorReferenceSchema.optional() }),
  z.object({ intent: z.literal('forward'), name, address: addressField() }),
  z.object({ intent: z.literal('answered'), name, role, reference }),
  z.object({ intent: z.literal('not-ours'), name, role, code: z.string().max(40).optional() }),
  question.extend({
    intent: z.literal('ask'),
    kind: z.enum(questionKinds, { error: () => m.questions_fault_kind() }),
    about: z.enum(['all', 'found']).default('all'),
    q: z.string().trim().max(200).default(''),
  }),
  question.extend({
    intent: z.literal('send-back'),
    reason: z
      .array(z.enum(sendBackReasons), { error: () => m.questions_fault_reasons() })
      .min(1, { error: () => m.questions_fault_reasons() }),
  }),
  z.object({
    intent: z.literal('close'),
    name,
    role,
    number: z.coerce
      .number({ error: () => m.questions_fault_question() })
      .int()
      .positive(),
  }),
])

/** One answer, as it was read. */
export type LinkAnswer = z.infer<typeof linkAnswers>
/** Which form it came from. */
export type LinkIntent = LinkAnswer['intent']

/** What the page says after an answer, by its `done` parameter. */
export const linkDone = [
  'acknowledged',
  'forwarded',
  'asked-holder',
  'referenced',
  'declined',
  'asked',
  'sent-back',
  'closed',
] as const
/** One of `linkDone`. */
export type LinkDone = (typeof linkDone)[number]

/** Reads the `done` parameter of an address. */
export function readLinkDone(url: string): LinkDone | null {
  const asked = new URL(url).searchParams.get('done')
  return linkDone.find((each) => each === asked) ?? null
}
