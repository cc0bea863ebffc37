/** What kinds of files are kept as evidence. */
export const mediaKinds = ['image', 'pdf', 'text', 'audio', 'video', 'mail', 'archive'] as const
/** One of `mediaKinds`. */
export type MediaKind = (typeof mediaKinds)[number]

/** The largest file, in bytes: 256 MiB. */
export const maxEvidenceBytes = 256 * 2 ** 20
/** What an organisation can keep altogether, in bytes: 20 GiB. */
export const maxLockerBytes = 20 * 2 ** 30

// By media type, and the endings a name may have for it; the first is the one we would give it.
const types = {
  'image/png': ['image', 'png', 'apng'],
  'image/apng': ['image', 'png', 'apng'],
  'image/jpeg': ['image', 'jpg', 'jpeg', 'jpe', 'jfif'],
  'image/gif': ['image', 'gif'],
  'image/webp': ['image', 'webp'],
  'image/avif': ['image', 'avif'],
  'image/heic': ['image', 'heic', 'heif'],
  'image/heif': ['image', 'heic', 'heif'],
  'image/tiff': ['image', 'tif', 'tiff'],
  'image/bmp': ['image', 'bmp'],
  'application/pdf': ['pdf', 'pdf'],
  'text/plain': [
    'text',
    'txt',
    'text',
    'log',
    'md',
    'csv',
    'tsv',
    'json',
    'jsonl',
    'xml',
    'svg',
    'rtf',
    'srt',
    'vtt',
    'yaml',
    'yml',
    'har',
  ],
  'text/html': ['text', 'html', 'htm', 'xhtml', 'mhtml'],
  'message/rfc822': ['mail', 'eml', 'mht', 'mhtml'],
  'audio/mpeg': ['audio', 'mp3', 'mp2'],
  'audio/wav': ['audio', 'wav'],
  'audio/flac': ['audio', 'flac'],
  'audio/ogg': ['audio', 'ogg', 'oga', 'opus'],
  'audio/mp4': ['audio', 'm4a', 'mp4'],
  'audio/aac': ['audio', 'aac'],
  'audio/aiff': ['audio', 'aif', 'aiff'],
  'video/mp4': ['video', 'mp4', 'm4v'],
  'video/quicktime': ['video', 'mov', 'qt'],
  'video/webm': ['video', 'webm'],
  'video/matroska': ['video', 'mkv'],
  'video/ogg': ['video', 'ogv', 'ogg'],
  'video/mpeg': ['video', 'mpg', 'mpeg'],
  'video/vnd.avi': ['video', 'avi'],
  'application/zip': ['archive', 'zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'epub', 'wacz', 'cbz'],
  'application/gzip': ['archive', 'gz', 'tgz', 'warc.gz'],
  'application/x-bzip2': ['archive', 'bz2'],
  'application/x-xz': ['archive', 'xz'],
  'application/zstd': ['archive', 'zst'],
  'application/x-7z-compressed': ['archive', '7z'],
  'application/x-rar-compressed': ['archive', 'rar'],
  'application/x-tar': ['archive', 'tar'],
} as const satisfies Readonly<Record<string, readonly [MediaKind, ...string[]]>>

/** The media type of a kept file, as its bytes tell it. */
export type MediaType = keyof typeof types

// What other names the detector has for the same thing.
const otherNames: Readonly<Record<string, MediaType>> = {
  'application/x-apng': 'image/apng',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heif',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/opus': 'audio/ogg',
  'audio/x-m4a': 'audio/mp4',
  'video/x-m4v': 'video/mp4',
  'video/3gpp': 'video/mp4',
  'video/x-matroska': 'video/matroska',
  'video/x-msvideo': 'video/vnd.avi',
  'application/xml': 'text/plain',
  'application/rtf': 'text/plain',
  'text/rtf': 'text/plain',
  'text/vtt': 'text/plain',
  'application/x-subrip': 'text/plain',
  'text/vcard': 'text/plain',
  'text/calendar': 'text/plain',
}

/** Whether a text names the type of a kept file. */
export function isMediaType(text: string): text is MediaType {
  return Object.hasOwn(types, text)
}

/** The type under which a detected file is kept; null for what is no evidence of ours: programs, fonts, databases. */
export function keptTypeOf(detected: string): MediaType | null {
  const [name = ''] = detected.split(';')
  return isMediaType(name) ? name : (otherNames[name] ?? null)
}

/** The kind of a kept file. */
export function kindOf(type: MediaType): MediaKind {
  return types[type][0]
}

/** The endings that a name of this type may have; the usual one first. */
export function endingsOf(type: MediaType): readonly string[] {
  return types[type].slice(1)
}

// What every browser draws without running anything.
const drawn: ReadonlySet<MediaType> = new Set([
  'image/png',
  'image/apng',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
  'application/pdf',
])

/** Whether a browser may be given the file to show. Never markup of any kind: SVG and HTML are kept as text. */
export function mayBeShown(type: MediaType): boolean {
  return drawn.has(type)
}

/** Whether the file may stand as a picture on a page. */
export function isPicture(type: MediaType): boolean {
  return kindOf(type) === 'image' && mayBeShown(type)
}

/** The type that a browser is told when the file is saved: of markup, that it is text. */
export function sentTypeOf(type: MediaType): string {
  if (type === 'text/html' || type === 'text/plain') return 'text/plain; charset=utf-8'
  return kindOf(type) === 'archive' ? 'application/octet-stream' : type
}
