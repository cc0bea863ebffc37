/** A file on its way in: its name as the browser gave it, and its bytes as they arrive, to be read once. */
export type Upload = {
  fileName: string
  content: AsyncIterable<Uint8Array>
  /** The text fields that came before it; of each the last. */
  fields: ReadonlyMap<string, string>
}

const longestHeader = 16 * 1024
const longestField = 4 * 1024
const mostFields = 50

/**
 * Finds the file of one field in a form sent as `multipart/form-data`, without taking it into memory: the bytes are read
 * from the connection as `content` is. Short fields before it are kept, what follows it is not looked at.
 *
 * @returns `undefined` if the form has no such file, or an empty field where none was chosen
 * @throws if the body is no form of this kind, or breaks off
 * @see RFC 7578
 */
export async function readUpload(request: Request, field: string): Promise<Upload | undefined> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? '')
  if (boundary === undefined || request.body === null) return undefined
  const reader = partReader(request.body, boundary)
  const fields = new Map<string, string>()
  while (await reader.nextPart()) {
    const head = await reader.head()
    const fileName = parameter(head, 'filename')
    const name = parameter(head, 'name')
    if (name === field && fileName !== undefined && fileName !== '')
      return { fileName, content: reader.content(), fields }
    const value = await shortText(reader.content())
    if (name !== undefined && fileName === undefined && value !== undefined && fields.size < mostFields)
      fields.set(name, value)
  }
  return undefined
}

/** A form with its files taken one by one as they arrived. `left` counts files beyond the most that are taken. */
export type TakenForm<Taken> = { fields: URLSearchParams; taken: Taken[]; left: number }

/**
 * Reads a whole form sent as `multipart/form-data`: each chosen file of one field is handed to `take` while it arrives, and
 * what `take` does not read is passed over.
 *
 * @param longest how many bytes of a text field are read; a longer one is cut there, so that its rule can say that it is too long
 * @returns `undefined` for a form of another kind
 * @throws if the body breaks off
 */
export async function takeUploads<Taken>(
  request: Request,
  { field, most, longest }: { field: string; most: number; longest: number },
  take: (file: Pick<Upload, 'fileName' | 'content'>) => Promise<Taken>,
): Promise<TakenForm<Taken> | undefined> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? '')
  if (boundary === undefined || request.body === null) return undefined
  const reader = partReader(request.body, boundary)
  const form: TakenForm<Taken> = { fields: new URLSearchParams(), taken: [], left: 0 }
  while (await reader.nextPart()) {
    const head = await reader.head()
    const fileName = parameter(head, 'filename')
    const name = parameter(head, 'name')
    const content = reader.content()
    if (fileName !== undefined && fileName !== '' && name === field) {
      if (form.taken.length >= most) form.left += 1
      else form.taken.push(await take({ fileName, content: unclosed(content) }))
    } else if (name !== undefined && fileName === undefined && form.fields.size < mostFields) {
      form.fields.append(name, (await textUpTo(content, longest)).text)
    }
    while ((await content.next()).done !== true);
  }
  return form
}

// Who stops reading early must not end the part for us.
function unclosed(content: AsyncGenerator<Uint8Array>): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => ({ next: () => content.next() }) }
}

async function shortText(content: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const { text, whole } = await textUpTo(content, longestField)
  return whole ? text : undefined
}

async function textUpTo(content: AsyncIterable<Uint8Array>, most: number): Promise<{ text: string; whole: boolean }> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of content) {
    if (bytes < most) parts.push(part)
    bytes += part.length
  }
  return { text: Buffer.concat(parts).subarray(0, most).toString('utf8'), whole: bytes <= most }
}

function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*;/iu.test(contentType)) return undefined
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/iu.exec(contentType)
  return match?.[1] ?? match?.[2]
}

// Browsers write a quotation mark in a name as %22 and line breaks as %0D and %0A.
function parameter(head: string, name: string): string | undefined {
  const written = new RegExp(`^content-disposition:[^\\r\\n]*;\\s*${name}="([^"]*)"`, 'imu').exec(head)?.[1]
  return written?.replaceAll(/%(?:0D|0A)/giu, ' ').replaceAll(/%22/giu, '"')
}

function partReader(body: ReadableStream<Uint8Array>, boundary: string) {
  const source = body[Symbol.asyncIterator]()
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  // The body begins as if a line had just ended, so that the first boundary looks like every other.
  let buffer = Buffer.from('\r\n')

  async function more(): Promise<void> {
    const { value, done } = await source.next()
    if (done === true) throw new Error('The form broke off')
    buffer = Buffer.concat([buffer, value])
  }

  /** Goes past the next boundary; false after the last. */
  async function nextPart(): Promise<boolean> {
    while (buffer.length < delimiter.length + 2) await more()
    if (!buffer.subarray(0, delimiter.length).equals(delimiter))
      throw new Error('The form does not begin with its boundary')
    const after = buffer.subarray(delimiter.length)
    buffer = after.subarray(2)
    return after.subarray(0, 2).toString('latin1') === '\r\n'
  }

  /** The head of the part, as text. */
  async function head(): Promise<string> {
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n')
      if (end !== -1) {
        const text = buffer.subarray(0, end).toString('utf8')
        buffer = buffer.subarray(end + 4)
        return text
      }
      if (buffer.length > longestHeader) throw new Error('A part of the form has a head without end')
      await more()
    }
  }

  /** The bytes of the part up to the next boundary. */
  async function* content(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const end = buffer.indexOf(delimiter)
      if (end !== -1) {
        if (end > 0) yield buffer.subarray(0, end)
        buffer = buffer.subarray(end)
        return
      }
      // The boundary may be cut between two chunks: as much is held back.
      const safe = buffer.length - delimiter.length + 1
      if (safe > 0) {
        yield buffer.subarray(0, safe)
        buffer = buffer.subarray(safe)
      }
      await more()
    }
  }

  return { nextPart, head, content }
}
