import type { Pack, Statement } from './basis.ts'

/** What every notice needs, whatever it stands on. */
export const commonElements1 = [
  { element: 'holder_name', level: 'R' },
  { element: 'holder_address', level: 'R' },
  { element: 'holder_telephone', level: 'W' },
  { element: 'holder_other_script', level: 'W' },
  { element: 'vendors', level: 'R' },
  { element: 'works', level: 'R' },
  { element: 'works_findable', level: 'W' },
  { element: 'measures', level: 'R' },
  { element: 'filter_example', level: 'R' },
  { element: 'stance', level: 'R' },
  { element: 'basis', level: 'R' },
  { element: 'statements', level: 'R' },
  { element: 'signature', level: 'R' },
] as const satisfies Pack['elements']

/** The two statements that every signatory makes. */
export const commonStatements1 = [
  {
    id: 'accurate',
    en: 'To the best of my knowledge, what this letter says is accurate and complete.',
    ja: '本書の記載は、私の知る限り、正確かつ完全です。',
  },
  {
    id: 'authorised',
    en: 'I am authorised to send this letter on behalf of {holder}.',
    ja: '私は、{holder}のために本書を発する権限を有しています。',
  },
] as const satisfies readonly Statement[]
