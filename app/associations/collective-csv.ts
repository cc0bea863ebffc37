import { z } from 'zod'
import { m } from '#app/generated/messages/messages.js'
import { stages } from '#app/notices/stages.ts'
import { stageWords } from '#app/notices/wording.ts'
import { leftOutReasons } from './collective.ts'
import { leftOutWords } from './collective-words.ts'

/** The head of the result. */
export function resultHead(): readonly string[] {
  return [
    m.collective_member(),
    m.collective_vendor(),
    m.collective_column_notice(),
    m.collective_column_stage(),
    m.collective_column_because(),
  ]
}

/** A line of the result: a notice with its stage, or why there is none. */
export function resultLine(line: {
  readonly member: string
  readonly vendor: string | null
  readonly reference: string | null
  readonly stage: string | null
  readonly because: string | null
}): readonly string[] {
  const stage = z.enum(stages).safeParse(line.stage)
  const because = z.enum(leftOutReasons).safeParse(line.because)
  return [
    line.member,
    line.vendor ?? m.collective_all_vendors(),
    line.reference ?? '',
    stage.success ? stageWords[stage.data]() : '',
    because.success ? leftOutWords[because.data]() : '',
  ]
}
