import { createHash, randomBytes } from 'node:crypto'
import { aPicture } from '#test/pictures.ts'
import type { Draw } from './draw.ts'
import type { Addressee, Holder } from './people.ts'
import { bodyOf, type Visitor } from './visitor.ts'

/** A holder at its browser. */
export interface Filer {
  readonly holder: Holder
  readonly visitor: Visitor
  readonly draw: Draw
}

/** A filing that was accepted. */
export interface MadeFiling {
  readonly reference: string
  readonly notices: readonly string[]
}

/**
 * Keeps a file, walks through the steps of a filing and files it, all in forms.
 *
 * @returns null where it was refused or nobody was told what became of it
 */
export async function fileOnce(
  filer: Filer,
  catalogueId: string,
  to: readonly Addressee[],
): Promise<MadeFiling | null> {
  const { visitor, draw } = filer
  const draft = await prepare(filer, catalogueId, to)
  if (draft === null) return null
  const check = await visitor.formWith(`${draft.path}/check`, 'letters')
  if (check === null) return null
  const body = bodyOf(check, {})
  const act = {
    kind: 'file',
    draft: draft.path.split('/').at(-1) ?? '',
    revision: Number(body.get('revision')),
    vendors: to.length,
    pieces: draft.pieces,
  } as const
  const tries = draw.between(1, 6)
  const filed = await visitor.act(act, { path: `${draft.path}/check`, body, leadsTo: /^\/filings\/FIL-/u, tries })
  if (filed.told !== 'accepted') return null
  const [path = ''] = filed.location.split('?')
  const page = (await visitor.open(path)) ?? ''
  const notices = [...new Set(page.match(/CAV-[0-9A-Z]{4}-[0-9A-Z]{4}(?:-[0-9A-Z]+)?/gu) ?? [])]
  return { reference: path.split('/').at(-1) ?? '', notices }
}

/** Takes a filing back. */
export async function recallOnce({ visitor, draw }: Filer, reference: string): Promise<void> {
  await visitor.act(
    { kind: 'recall', filing: reference },
    {
      path: `/filings/${reference}`,
      body: new URLSearchParams(),
      leadsTo: /^\/filings\/[0-9a-f-]{36}\/check/u,
      tries: draw.between(1, 4),
    },
  )
}

async function prepare(
  filer: Filer,
  catalogueId: string,
  to: readonly Addressee[],
): Promise<{ path: string; pieces: number } | null> {
  const { visitor, holder, draw } = filer
  const asked = to.map(({ slug }) => `vendor=${slug}`).join('&')
  const started = await visitor.save(`/notices/new?${asked}`, 'kind', { kind: 'exclusion' })
  if (started?.told !== 'accepted') return null
  const path = started.location.replace(/\/vendors$/u, '')
  const scope = await visitor.save(`${path}/scope`, 'measure', {
    catalogue: `${catalogueId}:1`,
    scope: 'all',
    measure: ['STOP_TRAINING_FUTURE', 'REMOVE_FROM_DATASETS'],
    stance: 'objection',
    intent: 'continue',
  })
  if (scope?.told !== 'accepted') return null
  const piece = draw.chance(0.7) ? await keepOnce(filer) : null
  if (piece !== null) await visitor.save(`${path}/evidence?q=`, `piece-${piece}`, { [`piece-${piece}`]: 'kept' })
  const basis = await visitor.formWith(`${path}/basis`, 'statement')
  const statements = (basis?.offered ?? []).flatMap(([name, value]) => (name === 'statement' ? [value] : []))
  const signed = await visitor.save(`${path}/basis`, 'statement', {
    basis: 'EXCLUSION_REQUEST',
    statement: statements,
    signName: holder.name,
    capacity: 'General counsel',
    intent: 'continue',
  })
  return signed?.told === 'accepted' ? { path, pieces: piece === null ? 0 : 1 } : null
}

/** Sends a picture of random bytes to the locker: its id, if it was accepted. */
async function keepOnce({ visitor, draw }: Filer): Promise<string | null> {
  const form = await visitor.open('/evidence')
  const key = /\/evidence\?key=([0-9a-f-]{36})/u.exec(form ?? '')?.[1]
  if (key === undefined) throw new Error('The locker has no form for files')
  // What stands behind a picture is not looked at: no two are the same.
  const bytes = Buffer.concat([aPicture(), randomBytes(draw.between(2_000, 300_000))])
  const body = new FormData()
  body.set('file', new File([bytes], `${key}.png`, { type: 'image/png' }))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const kept = await visitor.act(
    { kind: 'keep', piece: key, sha256 },
    { path: `/evidence?key=${key}`, body, leadsTo: /^\/evidence\/[0-9a-f-]{36}/u, tries: draw.between(1, 4) },
  )
  return kept.told === 'accepted' ? key : null
}
