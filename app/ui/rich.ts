// Private-use characters mark a stretch inside a message, where no markup can go.
const marks = { strong: ['\uE000', '\uE001'], code: ['\uE002', '\uE003'] } as const

/** Finds the marked stretches: the first group is a strong one, the second a code. */
export const stretches = /\uE000([^\uE001]*)\uE001|\uE002([^\uE003]*)\uE003/g

/** Marks a name inside a message as important; the part `Rich` shows it. */
export function strong(text: string): string {
  return marked('strong', text)
}

/** Marks an address, a reference or a code inside a message. */
export function code(text: string): string {
  return marked('code', text)
}

function marked(kind: keyof typeof marks, text: string): string {
  const [open, close] = marks[kind]
  return `${open}${text.replaceAll(/[\uE000-\uE003]/g, '')}${close}`
}
