/** No page of ours sends so many; a form of millions takes a minute and half a gigabyte to be read. */
const mostFields = 10_000

/**
 * Whether a form has more fields than any page sends. Told by its bytes, before it is taken apart.
 *
 * @param type the content type it came with; `boundary` of a `multipart/form-data` parts it
 */
export function hasTooManyFields(body: Uint8Array, type: string): boolean {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/iu.exec(type)
  const parting = boundary === null ? '&' : `--${boundary[1] ?? boundary[2] ?? ''}`
  return countUpTo(Buffer.from(body.buffer, body.byteOffset, body.byteLength), parting) > mostFields
}

function countUpTo(body: Buffer, parting: string): number {
  let count = 1
  for (
    let at = body.indexOf(parting);
    at !== -1 && count <= mostFields;
    at = body.indexOf(parting, at + parting.length)
  )
    count += 1
  return count
}
