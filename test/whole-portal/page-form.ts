/** A form of a page as a browser without script knows it. */
export interface PageForm {
  /** Where it is posted; null for the page's own address. */
  readonly action: string | null
  /** What it sends as it stands, in the order of the page. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  /** Every value that its choices offer, ticked or not. */
  readonly offered: readonly (readonly [name: string, value: string])[]
}

/** The forms of a page that post. Reads the portal's own pages, which are written by one hand, and no others. */
export function formsOf(html: string): readonly PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gu)]
    .map(([, head = '', body = '']) => ({ head: attributesOf(head), body }))
    .filter(({ head }) => head.get('method') === 'post')
    .map(({ head, body }) => ({ action: head.get('action') ?? null, ...controlsOf(body) }))
}

/** What a form sends once these fields say something else; a field named here sends exactly these values. */
export function filled(
  { fields }: PageForm,
  given: Readonly<Record<string, string | readonly string[]>>,
): readonly (readonly [string, string])[] {
  const typed = Object.entries(given).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((each) => [name, each] as const),
  )
  return [...fields.filter(([name]) => !(name in given)), ...typed]
}

type Control = { readonly tag: string; readonly attributes: ReadonlyMap<string, string>; readonly inner: string }

function controlsOf(body: string): Pick<PageForm, 'fields' | 'offered'> {
  const controls: Control[] = [
    ...body.matchAll(/<(input)\b([^>]*)>|<(textarea|select)\b([^>]*)>([\s\S]*?)<\/(?:textarea|select)>/gu),
  ].map(([, input, alone = '', wide, head = '', inner = '']) => ({
    tag: input ?? wide ?? '',
    attributes: attributesOf(input === undefined ? head : alone),
    inner,
  }))
  const named = controls.filter(({ attributes }) => attributes.has('name') && !attributes.has('disabled'))
  const fields = named.flatMap((control) => sent(control))
  const offered = named.flatMap(({ attributes }): [string, string][] =>
    isChoice(attributes) ? [[attributes.get('name') ?? '', attributes.get('value') ?? 'on']] : [],
  )
  return { fields, offered }
}

function sent({ tag, attributes, inner }: Control): (readonly [string, string])[] {
  const name = attributes.get('name') ?? ''
  const type = attributes.get('type')
  if (type === 'file' || type === 'submit') return []
  if (tag === 'textarea') return [[name, unescaped(inner).replace(/^\n/u, '')]]
  if (tag === 'select') return [[name, chosenOf(inner)]]
  if (isChoice(attributes) && !attributes.has('checked')) return []
  return [[name, attributes.get('value') ?? (isChoice(attributes) ? 'on' : '')]]
}

function chosenOf(inner: string): string {
  const options = [...inner.matchAll(/<option\b([^>]*)>/gu)].map(([, head = '']) => attributesOf(head))
  const chosen = options.find((option) => option.has('selected')) ?? options[0]
  return chosen?.get('value') ?? ''
}

function isChoice(attributes: ReadonlyMap<string, string>): boolean {
  return ['checkbox', 'radio'].includes(attributes.get('type') ?? '')
}

function attributesOf(head: string): Map<string, string> {
  return new Map(
    [...head.matchAll(/([\w:-]+)(?:="([^"]*)")?/gu)].map(([, name = '', value = '']) => [name, unescaped(value)]),
  )
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#39': "'" }

function unescaped(text: string): string {
  return text.replaceAll(/&([\w#]+);/gu, (whole, name: string) => entities[name] ?? whole)
}
