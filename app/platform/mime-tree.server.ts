import * as base64 from 'nodemailer/lib/base64'
import type MimeNode from 'nodemailer/lib/mime-node'
import { quotedPrintable } from './quoted-printable.ts'

/**
 * The text of a MIME tree that holds only strings and buffers, every line ended by CR LF, the last one too: what is kept
 * is what arrives. Fields and boundaries are nodemailer's; its streams are left out, which cost more than all the rest of
 * composing.
 *
 * @returns ASCII
 * @throws Error for content of another kind
 */
export function mimeText(node: MimeNode): string {
  // The fields first: building them decides on boundary and encoding.
  const fields = node.buildHeaders()
  return `${fields}\r\n\r\n${node.multipart ? partsOf(node) : contentOf(node)}`
}

function partsOf({ childNodes, boundary }: MimeNode): string {
  if (!boundary) throw new Error('A multipart node has no boundary.')
  return `${childNodes.map((child) => `--${boundary}\r\n${mimeText(child)}`).join('')}--${boundary}--\r\n`
}

function contentOf(node: MimeNode): string {
  const { content } = node
  const encoding = node.getTransferEncoding()
  if (Buffer.isBuffer(content) && encoding === 'base64') return `${base64.wrap(base64.encode(content))}\r\n`
  if (typeof content !== 'string') throw new Error('A part of a mail is neither text nor a file.')
  const text = `${content.replaceAll(/\r\n?|\n/gu, '\r\n').replace(/(?:\r\n)+$/u, '')}\r\n`
  if (encoding === 'base64') return `${base64.wrap(base64.encode(text))}\r\n`
  return encoding === 'quoted-printable' ? quotedPrintable(text) : text
}
