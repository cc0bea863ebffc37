/** The beginning of a text, no longer than so many units of UTF-16: never with half of a pair, which no database takes in JSON. */
export function cutText(text: string, most: number): string {
  const cut = text.slice(0, most)
  return cut.isWellFormed() ? cut : cut.replace(/[\uD800-\uDBFF]$/u, '').toWellFormed()
}
