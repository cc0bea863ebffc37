import { describe, expect, test } from 'vitest'
import { judgeSharing, mostPieces, travelOf, type Travel } from './sharing.ts'

const plain = { id: 'plain', copies: [] }
const redacted = { id: 'redacted', copies: [{ id: 'newer' }, { id: 'older' }] }
const judge = (chosen: [string, Travel][], originalsConfirmed = false) =>
  judgeSharing({ pieces: [plain, redacted], chosen: new Map(chosen), originalsConfirmed })

describe('which piece travels', () => {
  test.for<[string, [string, Travel][], boolean, ReturnType<typeof judge>]>([
    ['nothing chosen', [], false, { allowed: true, going: [] }],
    [
      'for one’s own side',
      [['plain', 'kept']],
      false,
      { allowed: true, going: [{ evidenceId: 'plain', sharedId: null }] },
    ],
    [
      'the newest redacted copy',
      [['redacted', 'redacted']],
      false,
      { allowed: true, going: [{ evidenceId: 'redacted', sharedId: 'newer' }] },
    ],
    [
      'an original without the tick',
      [['redacted', 'original']],
      false,
      { allowed: false, because: 'originals-unconfirmed' },
    ],
    [
      'an original that has no copy, without the tick',
      [['plain', 'original']],
      false,
      { allowed: false, because: 'originals-unconfirmed' },
    ],
    [
      'an original with the tick',
      [['plain', 'original']],
      true,
      { allowed: true, going: [{ evidenceId: 'plain', sharedId: 'plain' }] },
    ],
    ['a copy that is not there', [['plain', 'redacted']], true, { allowed: false, because: 'no-copy' }],
    ['a piece that is not one’s own is not looked at', [['foreign', 'original']], false, { allowed: true, going: [] }],
  ])('%s', ([, chosen, confirmed, verdict]) => {
    expect(judge(chosen, confirmed)).toEqual(verdict)
  })

  test('what was chosen is read back as it was', () => {
    for (const travel of ['kept', 'redacted', 'original'] as const) {
      const verdict = judge([['redacted', travel]], true)
      expect(verdict.allowed ? verdict.going.map(travelOf) : []).toEqual([travel])
    }
  })

  test('more pieces than a notice takes are refused', () => {
    const pieces = Array.from({ length: mostPieces + 1 }, (_, at) => ({ id: String(at), copies: [] }))
    const chosen = new Map(pieces.map(({ id }) => [id, 'kept' as const]))
    expect(judgeSharing({ pieces, chosen, originalsConfirmed: false })).toEqual({ allowed: false, because: 'too-many' })
  })
})
