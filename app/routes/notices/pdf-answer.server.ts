import type { LetterLocale } from '#app/notices/legal-bases/basis.ts'
import { letterLocales } from '#app/notices/legal-bases/basis.ts'
import type { LetterPdf } from '#app/notices/letter-pdf.tsx'
import { renderLetterPdf } from '#app/notices/render-letter-pdf.server.ts'

/** The language that an address asks a letter in; null for the notice's own. */
export function languageAsked(request: Request): LetterLocale | null {
  const asked = new URL(request.url).searchParams.get('language')
  return letterLocales.find((known) => known === asked) ?? null
}

/**
 * A letter as PDF; 503 while too many are being drawn. The viewer of the browser draws it, and nothing else may load.
 *
 * @param name of the file, without the language and the ending
 */
export async function answerPdf(given: LetterPdf, name: string): Promise<Response> {
  const rendered = await renderLetterPdf(given)
  if (!rendered.drawn) return new Response(null, { status: 503, headers: { 'Retry-After': '10' } })
  return new Response(Uint8Array.from(rendered.bytes), {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="${name}-${given.letter.locale}.pdf"`,
      'Content-Security-Policy':
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'X-Robots-Tag': 'noindex',
    },
  })
}
