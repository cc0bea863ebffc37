import { shapeOf, type NumberShape } from './cell-values.ts'
import { WorkbookFaultError } from './workbook-fault.ts'
import type { OpenWorkbook } from './workbook-file.server.ts'
import { xmlEvents } from './xml-events.ts'

/** A sheet of a workbook. */
export interface SheetPart {
  readonly name: string
  readonly hidden: boolean
  /** The name of its part in the archive. */
  readonly path: string
}

/** What a workbook says of itself: its sheets in their order, how dates are counted, what its number formats mean. */
export interface WorkbookParts {
  readonly sheets: readonly SheetPart[]
  readonly from1904: boolean
  readonly shapes: readonly NumberShape[]
  readonly stringsPath: string | undefined
}

interface Relation {
  readonly type: string
  readonly path: string
}

/**
 * Reads the parts that say what the others are. Relations that lead out of the workbook are left alone.
 *
 * @throws WorkbookFaultError if it has no workbook, or no sheet of cells
 */
export async function readWorkbookParts(file: OpenWorkbook): Promise<WorkbookParts> {
  const main = await mainPart(file)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = await relationsOf(file, `${folder}_rels/${main.slice(folder.length)}.rels`, folder)
  const { listed, from1904 } = await readMain(file, main)
  const sheets = listed.flatMap(({ id, name, hidden }): SheetPart[] => {
    const relation = relations.get(id)
    return relation?.type === 'worksheet' && file.names.includes(relation.path)
      ? [{ name, hidden, path: relation.path }]
      : []
  })
  if (sheets.length === 0) throw new WorkbookFaultError('no-sheets', 'there is no sheet of cells')
  const pathOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.path
  return { sheets, from1904, shapes: await shapesOf(file, pathOf('styles')), stringsPath: pathOf('sharedStrings') }
}

async function mainPart(file: OpenWorkbook): Promise<string> {
  if (file.names.some((name) => name.endsWith('workbook.bin')))
    throw new WorkbookFaultError('xlsb', 'a binary workbook')
  if (file.names.includes('mimetype') && file.names.includes('content.xml')) {
    throw new WorkbookFaultError('ods', 'an OpenDocument file')
  }
  const top = await relationsOf(file, '_rels/.rels', '')
  const main = [...top.values()].find(({ type }) => type === 'officeDocument')?.path ?? 'xl/workbook.xml'
  if (!file.names.includes(main)) throw new WorkbookFaultError('no-sheets', 'there is no workbook')
  return main
}

async function relationsOf(file: OpenWorkbook, name: string, folder: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  if (!file.names.includes(name)) return relations
  for await (const events of xmlEvents(file.part(name))) {
    for (const event of events) {
      if (!('open' in event) || event.open !== 'Relationship' || event.attributes['TargetMode'] === 'External') continue
      const { Id: id = '', Target: target = '', Type: type = '' } = event.attributes
      relations.set(id, { type: type.slice(type.lastIndexOf('/') + 1), path: placed(target, folder) })
    }
  }
  return relations
}

// A target stands beside the part that names it, or begins at the root. What would lead out of the archive names no part of it.
function placed(target: string, folder: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const path: string[] = []
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.') path.push(step)
  }
  return path.join('/')
}

interface Listed {
  readonly id: string
  readonly name: string
  readonly hidden: boolean
}

async function readMain(file: OpenWorkbook, main: string): Promise<{ listed: Listed[]; from1904: boolean }> {
  const listed: Listed[] = []
  let from1904 = false
  for await (const events of xmlEvents(file.part(main))) {
    for (const event of events) {
      if (!('open' in event)) continue
      const { attributes } = event
      if (event.open === 'workbookPr') from1904 = ['1', 'true'].includes(attributes['date1904'] ?? '')
      if (event.open !== 'sheet') continue
      const state = attributes['state'] ?? 'visible'
      listed.push({ id: attributes['id'] ?? '', name: attributes['name'] ?? '', hidden: state !== 'visible' })
    }
  }
  return { listed, from1904 }
}

async function shapesOf(file: OpenWorkbook, path: string | undefined): Promise<NumberShape[]> {
  const codes = new Map<number, string>()
  const shapes: NumberShape[] = []
  if (path === undefined || !file.names.includes(path)) return shapes
  let inCells = false
  for await (const events of xmlEvents(file.part(path))) {
    for (const event of events) {
      if ('close' in event && event.close === 'cellXfs') inCells = false
      if (!('open' in event)) continue
      const { open, attributes } = event
      if (open === 'cellXfs') inCells = true
      if (open === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      if (open !== 'xf' || !inCells) continue
      const id = Number(attributes['numFmtId'] ?? 0)
      shapes.push(shapeOf(id, codes.get(id)))
    }
  }
  return shapes
}
