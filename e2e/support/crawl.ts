import { execFileSync, spawnSync } from 'node:child_process'
import type { APIRequestContext, APIResponse } from '@playwright/test'
import exceljs from 'exceljs'

/** What somebody was answered: every page, and the text of every file. */
export interface Crawled {
  readonly pages: readonly { readonly address: string; readonly status: number; readonly text: string }[]
}

const mostPages = 170
// Poppler reads what a PDF says; where it is not installed the pages and the other files are searched without.
const readsPdf = spawnSync('pdftotext', ['-v']).status === 0

/**
 * Asks for every address and follows each link of what comes back, within the portal. Nothing is posted.
 */
export async function crawl(request: APIRequestContext, addresses: readonly string[]): Promise<Crawled> {
  const waiting = ['/', '/home', '/inbox', ...addresses]
  const known = new Set(waiting)
  const pages: { address: string; status: number; text: string }[] = []
  for (let address = waiting.shift(); address !== undefined && pages.length < mostPages; address = waiting.shift()) {
    const answer = await asked(request, address)
    if (answer === null) continue
    const text = await textOf(await answer.body(), answer.headers()['content-type'] ?? '')
    pages.push({ address, status: answer.status(), text: `${text}\n${JSON.stringify(answer.headers())}` })
    for (const link of linksIn(text)) {
      if (known.has(link)) continue
      known.add(link)
      waiting.push(link)
    }
  }
  return { pages }
}

// A file whose rows were planted with what does not fit may break off: what came of it tells nothing.
async function asked(request: APIRequestContext, address: string): Promise<APIResponse | null> {
  try {
    return await request.get(address, { maxRedirects: 0 })
  } catch (error) {
    if (error instanceof Error && error.message.includes('aborted')) return null
    throw error
  }
}

function linksIn(text: string): string[] {
  return [...text.matchAll(/(?:href|src)="(\/(?!\/)[^"#]*)/g)]
    .map(([, link = '']) => link.replaceAll('&amp;', '&'))
    .filter((link) => !/^\/(?:assets|sign-out|dev)\b|\.(?:css|js|svg|woff2)$/.test(link))
}

/** What a file says, of which a search through its bytes might find nothing. */
export async function textOf(body: Buffer, type: string): Promise<string> {
  if (type.includes('spreadsheetml')) {
    const book = new exceljs.Workbook()
    // exceljs still declares the Buffer of an older Node.
    await book.xlsx.load(new Uint8Array(body).buffer)
    return JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()))
  }
  if (type.includes('pdf') && readsPdf) return execFileSync('pdftotext', ['-', '-'], { input: body, encoding: 'utf8' })
  return body.toString('utf8')
}
