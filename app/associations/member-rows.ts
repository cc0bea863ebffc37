import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'
import { personAddressField } from '#app/accounts/address.ts'
import { cutText } from '#app/ui/cut-text.ts'
import type { Terms } from './mandate.ts'
import { scopesOf, type Level } from './terms-form.ts'

/** What a column of a file of members says. */
const columns = ['email', 'name', 'level', 'endsOn', 'approval'] as const
type MemberColumn = (typeof columns)[number]

// As associations head their lists, in English and Japanese, folded.
const headings = {
  email: ['email', 'mail', 'address', 'emailaddress', 'メール', 'メールアドレス', 'eメール'],
  name: [
    'name',
    'member',
    'membername',
    'company',
    'organisation',
    'organization',
    '会員',
    '会員名',
    '会社名',
    '組織名',
    '名称',
    '社名',
  ],
  level: ['scope', 'scopes', 'mandate', 'level', '範囲', '委任', '委任範囲', '委任の範囲'],
  endsOn: ['ends', 'end', 'endson', 'enddate', 'until', 'expires', '終了', '終了日', '期限', '有効期限'],
  approval: ['approval', 'approvalrequired', '承認', '要承認'],
} as const satisfies Record<MemberColumn, readonly string[]>

const levelNames: Readonly<Record<string, Level>> = {
  '': 'view',
  view: 'view',
  see: 'view',
  閲覧: 'view',
  file: 'file',
  提出: 'file',
  swear: 'swear',
  宣誓: 'swear',
}

const yes = new Set(['yes', 'y', 'true', '1', 'on', 'required', 'はい', '要', '必要', '○', '〇'])

/** Where the columns stand that a file has; an address and a name must be there. */
export type MemberColumns = Readonly<Partial<Record<MemberColumn, number>>>

/** Finds the columns of a file of members by its headings. Null if the address or the name is missing. */
export function memberColumns(heads: readonly string[]): MemberColumns | null {
  const found = Object.fromEntries(
    columns.flatMap((column) => {
      const names: readonly string[] = headings[column]
      const at = heads.findIndex((head) => names.includes(folded(head)))
      return at === -1 ? [] : [[column, at] as const]
    }),
  )
  return 'email' in found && 'name' in found ? found : null
}

/** A row of the file: a member to invite, or what is wrong with it. */
export type MemberRow =
  | { readonly good: true; readonly email: string; readonly name: string; readonly terms: Terms }
  | {
      readonly good: false
      readonly email: string
      readonly name: string
      readonly because: 'no-name' | 'address' | 'level' | 'day'
    }

const day = z.iso.date()

/**
 * Reads a row.
 *
 * @param today the first day of the mandate, `2026-11-17`
 */
export function readMemberRow(cells: readonly string[], at: MemberColumns, today: string): MemberRow {
  const cell = (column: MemberColumn) => normalText(cells[at[column] ?? -1] ?? '', 'NFKC').trim()
  const name = cutText((cells[at.name ?? -1] ?? '').trim(), 200)
  const address = personAddressField().safeParse(cell('email'))
  const email = address.success ? address.data : cutText(cell('email'), 300)
  const bad = (because: 'no-name' | 'address' | 'level' | 'day') => ({ good: false, email, name, because }) as const
  if (!address.success) return bad('address')
  if (name === '') return bad('no-name')
  const level = levelNames[cell('level').toLowerCase()]
  if (level === undefined) return bad('level')
  const ends = dayIn(cell('endsOn'))
  if (ends === undefined) return bad('day')
  return {
    good: true,
    email,
    name,
    terms: {
      scopes: scopesOf[level],
      vendors: null,
      measures: null,
      catalogues: null,
      approvalRequired: yes.has(cell('approval').toLowerCase()),
      startsOn: today,
      endsOn: ends,
    },
  }
}

// 2027-03-31, 2027/3/31 and 2027年3月31日; nothing else, as a day read wrongly would be a mandate of another length.
function dayIn(text: string): string | null | undefined {
  if (text === '') return null
  const match = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?$/u.exec(text)
  const iso = match === null ? '' : `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`
  return day.safeParse(iso).success ? iso : undefined
}

function folded(head: string): string {
  return normalText(head, 'NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-・:：]/gu, '')
}
