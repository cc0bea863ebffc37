// Scripts that are written without spaces break between any two characters.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\u3000-\u303F\uFF00-\uFFEF々〆ヵヶー]/u
// JIS X 4051: what may not begin a line, and what may not end one.
const noStart =
  /^[、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】°′″℃％ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)\]}%…‥]/u
const noEnd = /[‘“（〔［｛〈《「『【([{＃№￥＄£]$/u
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' })
const longest = 24
const chunk = 8

/**
 * The places at which a word may be broken, as parts with empty strings between them: an empty part is a break at which
 * the PDF engine adds no hyphen. Latin words stay whole unless they are longer than any line should have to bear.
 *
 * @returns parts whose joined text is the word
 */
export function lineBreaks(word: string): string[] {
  const parts: string[] = []
  let last = ''
  for (const { segment } of graphemes.segment(word)) {
    const joins =
      last !== '' &&
      (noStart.test(segment) || noEnd.test(last) || (!unspaced.test(segment) && !unspaced.test(last.slice(-1))))
    if (joins) parts.push(`${parts.pop() ?? ''}${segment}`)
    else parts.push(segment)
    last = segment
  }
  return parts.flatMap(shortened).flatMap((part, place) => (place === 0 ? [part] : ['', part]))
}

function shortened(part: string): string[] {
  if (part.length <= longest) return [part]
  const characters = Array.from(part)
  return Array.from({ length: Math.ceil(characters.length / chunk) }, (_, at) =>
    characters.slice(at * chunk, (at + 1) * chunk).join(''),
  )
}
