import { Readable } from 'node:stream'
import { confirmImport } from '#app/catalogues/confirm-import.server.ts'
import { createCatalogue } from '#app/catalogues/create-catalogue.server.ts'
import { importCatalogue } from '#app/catalogues/import-catalogue.server.ts'
import { previewImport } from '#app/catalogues/preview-import.server.ts'
import { startImport } from '#app/catalogues/start-import.server.ts'
import { bareCopySeconds } from './bare-copy.ts'
import type { Result } from './result.ts'
import { fillWorld, openGround } from './world.ts'

const rows = 100_000

/**
 * Rows of a catalogue's CSV per second, from the confirmed file to the new version: read, judged, normalised and kept.
 * Floor: the same works and identifiers, ready made, by COPY.
 */
export async function importWorks(): Promise<Result> {
  const ground = await openGround()
  try {
    const { member } = await fillWorld(ground, { vendors: 1, works: 1 })
    const made = await createCatalogue({ member, name: 'The bench' })
    if (!made.allowed) throw new Error(made.because)
    const { catalogueId } = made
    const content = Readable.from(lines())
    const begun = await startImport({ member, catalogueId, fileName: 'bench.csv', content })
    if (!begun.allowed) throw new Error(begun.because)
    const job = { importId: begun.importId, personId: member.personId }
    await previewImport(job)
    const confirmed = await confirmImport({ member, catalogueId, importId: begun.importId })
    if (!confirmed.allowed) throw new Error(confirmed.because)
    const from = performance.now()
    await importCatalogue(job)
    const seconds = (performance.now() - from) / 1000
    const { rows: counted } = await ground.owner.query<{ works: number }>(
      'select count(*)::int as works from work where catalogue_id = $1',
      [catalogueId],
    )
    if (counted[0]?.works !== rows) throw new Error(`${counted[0]?.works} works were imported of ${rows}`)
    const which = `catalogue_id = '${catalogueId}'`
    const bare = await bareCopySeconds(ground.adminUrl, [
      { table: 'work', which },
      { table: 'work_identifier', which },
    ])
    return { value: rows / seconds, unit: 'rows/s', limit: rows / bare, runs: rows }
  } finally {
    await ground.close()
  }
}

function* lines(): Generator<string> {
  yield 'id,title,title_ja,year,isrc,url\n'
  for (let index = 1; index <= rows; index += 1)
    yield `W-${index},The work number ${index},作品第${index}号,${1950 + (index % 70)},JPZ99${String(index).padStart(7, '0')},https://works.example/${index}\n`
}
