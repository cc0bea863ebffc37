import type { FoundFile } from './arrivals.ts'

/** One page of a listing: what it holds, and what to ask the next one with; null after the last. */
export interface Page<Each> {
  readonly found: readonly Each[]
  readonly next: Readonly<Record<string, string>> | null
}

/** An upload in parts that was begun and neither ended nor given up. */
export interface BegunUpload {
  readonly key: string
  readonly uploadId: string
  readonly begunAt: number
}

/**
 * Reads a page of objects.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 */
export function readObjects(xml: string): Page<FoundFile> {
  const found = elements(xml, 'Contents').map((each) => ({
    path: textOf(each, 'Key'),
    writtenAt: instantOf(each, 'LastModified'),
  }))
  const token = textOf(outside(xml, 'Contents'), 'NextContinuationToken')
  return { found, next: token === '' ? null : { 'continuation-token': token } }
}

/**
 * Reads a page of uploads in parts.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
 */
export function readBegunUploads(xml: string): Page<BegunUpload> {
  const found = elements(xml, 'Upload').map((each) => ({
    key: textOf(each, 'Key'),
    uploadId: textOf(each, 'UploadId'),
    begunAt: instantOf(each, 'Initiated'),
  }))
  const rest = outside(xml, 'Upload')
  const next = { 'key-marker': textOf(rest, 'NextKeyMarker'), 'upload-id-marker': textOf(rest, 'NextUploadIdMarker') }
  return { found, next: textOf(rest, 'IsTruncated') === 'true' && next['key-marker'] !== '' ? next : null }
}

function elements(xml: string, name: string): string[] {
  return xml
    .split(`<${name}>`)
    .slice(1)
    .map((piece) => piece.split(`</${name}>`, 1)[0] ?? '')
}

function outside(xml: string, name: string): string {
  const [before = '', ...pieces] = xml.split(`<${name}>`)
  return before + pieces.map((piece) => piece.slice(piece.indexOf(`</${name}>`))).join('')
}

function textOf(xml: string, name: string): string {
  return decoded(elements(xml, name)[0] ?? '')
}

// What says no instant was written just now: nothing is removed for it.
function instantOf(xml: string, name: string): number {
  const at = Date.parse(textOf(xml, name))
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/giu, (whole, hex, decimal, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
    const code = hex === undefined ? Number(decimal) : Number.parseInt(String(hex), 16)
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })
}
