// Private-use characters mark a stretch inside a message, where no markup can go.
const marks = { strong: ['\uE000', '\uE001'], code: ['\uE002', '\uE003'] } as const
const stretch = /\uE000([^\uE001]*)\uE001|\uE002([^\uE003]*)\uE003/g

/** Marks a name inside a message as important; `Rich` shows it. */
export function strong(text: string): string {
  return marked('strong', text)
}

/** Marks an address, a reference or a code inside a message. */
export function code(text: string): string {
  return marked('code', text)
}

/** A message whose marked stretches are shown as such. */
export function Rich({ text }: { text: string }) {
  const parts: React.ReactNode[] = []
  let at = 0
  for (const match of text.matchAll(stretch)) {
    parts.push(text.slice(at, match.index))
    parts.push(match[1] === undefined ? <code key={match.index}>{match[2]}</code> : <b key={match.index}>{match[1]}</b>)
    at = match.index + match[0].length
  }
  return [...parts, text.slice(at)]
}

function marked(kind: keyof typeof marks, text: string): string {
  const [open, close] = marks[kind]
  return `${open}${text.replaceAll(/[\uE000-\uE003]/g, '')}${close}`
}
