import { createRequire } from 'node:module'
import { Font, renderToBuffer } from '@react-pdf/renderer'
import { drawable } from './drawable.ts'
import { LetterDocument, type LetterPdf } from './letter-pdf.tsx'
import { lineBreaks } from './line-breaks.ts'

const { resolve } = createRequire(import.meta.url)
const family = 'Noto Sans JP'

Font.register({
  family,
  fonts: [
    { src: resolve('@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf'), fontWeight: 400 },
    { src: resolve('@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf'), fontWeight: 700 },
  ],
})
// The engine puts a hyphen wherever it breaks a word; an empty part is a break without one.
Font.registerHyphenationCallback(lineBreaks)

/** Draws a letter as PDF. Takes a processor for up to seconds: in a thread, never beside a page. */
export async function drawLetterPdf(given: LetterPdf): Promise<Uint8Array> {
  await Font.load({ fontFamily: family, fontWeight: 400 })
  const font = Font.getFont({ fontFamily: family, fontWeight: 400 })?.data
  if (!font || !isOutline(font)) throw new Error('The font of letters could not be loaded')
  return renderToBuffer(LetterDocument({ given: drawable(given, (code) => font.hasGlyphForCodePoint(code)) }))
}

// A standard font of PDF has no outlines; ours are files that know their characters.
function isOutline(font: object): font is { hasGlyphForCodePoint: (code: number) => boolean } {
  return 'hasGlyphForCodePoint' in font
}
