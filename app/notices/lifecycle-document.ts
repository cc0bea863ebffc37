import { stepNames, steps, targetsOf, type Step } from './lifecycle.ts'
import { openStages, stages, type Standpoint, type StepRule } from './stages.ts'

/** The document `docs/lifecycle.md`: every stage and step as the table has them, and a diagram of those offered now. */
export function lifecycleDocument(): string {
  const now = stepNames.filter((step) => steps[step].offered)
  const later = stepNames.filter((step) => !steps[step].offered)
  return (
    [
      '# The life of a notice',
      'Made from `app/notices/lifecycle.ts` by `scripts/lifecycle-document.ts`; a test compares the two. Do not edit by hand.',
      `Stages: ${stages.map(code).join(', ')}. A draft is not a notice. Open, that is waiting for the vendor: ${openStages.map(code).join(', ')}.`,
      'An answer or a decision that comes before an acknowledgement takes `notice.acknowledged` first, in the same transaction.',
      '## The way through the stages',
      diagram(now),
      'Steps that leave the stage as it is are left out of the picture.',
      '## Steps offered now',
      table(now),
      '## Steps of later features',
      'They stand in the table so that stages and rules are complete; nobody can take them yet.',
      table(later),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  )
}

function diagram(names: readonly Step[]): string {
  return ['```mermaid', 'stateDiagram-v2', ...arrows(names), '```'].join('\n')
}

function arrows(names: readonly Step[]): readonly string[] {
  const labels = new Map<string, Step[]>()
  for (const step of names)
    for (const from of rule(step).from)
      for (const to of targetsOf(step, from).filter((stage) => stage !== from)) {
        const arrow = `${node(from)} --> ${node(to)}`
        labels.set(arrow, [...(labels.get(arrow) ?? []), step])
      }
  return [...labels].map(([arrow, on]) => `  ${arrow}: ${on.join(', ')}`)
}

function node(stage: Standpoint): string {
  return stage === 'draft' ? '[*]' : stage
}

function table(names: readonly Step[]): string {
  const head = ['| event | from | to | who | clocks | mails | the vendor sees it |', '|---|---|---|---|---|---|---|']
  return [...head, ...names.map(row)].join('\n')
}

function row(step: Step): string {
  const { from, to, who, mails, shared, needs, once, again, acknowledges } = rule(step)
  const conditions = [...(needs ?? []), ...(once ? [again ? `once, again if ${again}` : 'once'] : [])].map(words)
  const cells = [
    code(step),
    [...from, ...(acknowledges ? ['before an acknowledgement'] : [])].map(words).join(', ') +
      (conditions.length > 0 ? `; ${conditions.join(', ')}` : ''),
    to.map(branch).join('; '),
    who.map(words).join(', '),
    to
      .flatMap(({ clock, when }) => (clock ?? []).map((effect) => words(effect) + condition(when)))
      .filter(isFirst)
      .join(', '),
    mails
      .map(
        ({ kind, audience, when, later }) => `${code(kind)} to ${audience}${later ? ' later' : ''}${condition(when)}`,
      )
      .join(', '),
    shared ? 'yes' : 'no',
  ]
  return `| ${cells.join(' | ')} |`
}

function branch({ from, when, to }: StepRule['to'][number]): string {
  const where = from ? ` from ${from.map(words).join(', ')}` : ''
  return `${words(to)}${where}${condition(when)}`
}

function condition(when: string | undefined): string {
  return when === undefined ? '' : ` if ${words(when)}`
}

function rule(step: Step): StepRule {
  return steps[step]
}

function isFirst(text: string, at: number, all: readonly string[]): boolean {
  return all.indexOf(text) === at
}

function words(name: string): string {
  return name.replaceAll('_', ' ')
}

function code(name: string): string {
  return `\`${name}\``
}
