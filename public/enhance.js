// Comfort for pages that work without it: keys, progress, drafts. It acts on data- attributes and on nothing else.
const page = document.body
const find = (selector) => document.querySelector(selector)

// Keys. Off where a person types, and for those who switched them off.
const inField = (target) =>
  target instanceof Element && target.closest('input, select, textarea, [contenteditable]') !== null

let goes = false
const acts = {
  '/': () => find('search input')?.focus(),
  f: () => find('[data-filters] :is(input:not([type=hidden]), select)')?.focus(),
  n: () => find('[data-file]')?.click(),
  '?': () => location.assign('/keyboard'),
  j: () => walk(1),
  k: () => walk(-1),
  x: () => rows()[at()]?.querySelector('input[type=checkbox]')?.click(),
  Enter: (event) => {
    if (event.target !== page) return false
    rows()[at()]?.querySelector('a')?.click()
    return undefined
  },
}

const rows = () => [...document.querySelectorAll('table[data-rows] > tbody > tr')]
const at = () => rows().findIndex((row) => row.hasAttribute('data-at'))

function walk(step) {
  const all = rows()
  const from = at()
  const to = Math.min(Math.max(from + step, 0), all.length - 1)
  all[from]?.removeAttribute('data-at')
  all[to]?.setAttribute('data-at', '')
  all[to]?.scrollIntoView({ block: 'nearest' })
}

function onKey(event) {
  if (event.key === 'Escape') return closeOpened()
  if (page.dataset.shortcuts !== 'on' || inField(event.target)) return
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (goes) {
    goes = false
    const link = find(`.rail [data-go="${CSS.escape(event.key)}"]`)
    if (link) {
      event.preventDefault()
      location.assign(link.href)
      return
    }
  }
  if (event.key === 'g') {
    goes = true
    setTimeout(() => (goes = false), 1500)
    return
  }
  const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined
  if (act && act(event) !== false) event.preventDefault()
}

// What opens from the bar closes with Escape, and when something else is clicked.
const opened = () => document.querySelectorAll('details.drop[open]')
function closeOpened() {
  for (const each of opened()) {
    each.open = false
    each.querySelector('summary').focus()
  }
}
document.addEventListener('keydown', onKey)
document.addEventListener('click', (event) => {
  for (const each of opened()) if (!each.contains(event.target)) each.open = false
})

// A long job: asks how far it is, and loads the page again when it ends. Asks less often while nothing moves.
for (const box of document.querySelectorAll('[data-progress]')) {
  const address = box.dataset.progress
  const bar = box.querySelector('progress')
  const text = box.querySelector('[data-progress-text]')
  let wait = 1000
  const ask = async () => {
    const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => undefined)
    const state = answer?.ok ? await answer.json().catch(() => undefined) : undefined
    if (state?.done) return location.reload()
    if (state && (state.value !== bar.value || state.max !== bar.max)) {
      bar.max = state.max
      bar.value = state.value
      if (text && state.text) text.textContent = state.text
      wait = 1000
    } else wait = Math.min(wait * 1.5, 15_000)
    setTimeout(ask, wait)
  }
  setTimeout(ask, wait)
}

// A draft is saved as it is typed: the form is posted to data-autosave two seconds after the last change.
for (const form of document.querySelectorAll('form[data-autosave]')) {
  const says = find(form.dataset.autosaveSays)
  let timer
  let going
  let stale = false
  const save = async () => {
    stale = false
    const answer = await fetch(form.dataset.autosave, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { accept: 'application/json' },
    }).catch(() => undefined)
    // Who is signed out is led to another page, which is no answer.
    const state = answer?.redirected ? undefined : await answer?.json().catch(() => undefined)
    if (state?.revision !== undefined && form.elements.revision) form.elements.revision.value = state.revision
    const text = state?.text ?? (answer?.redirected ? says?.dataset.signedOut : says?.dataset.lost)
    if (says && text) says.textContent = text
    if (state?.kept) return
    // What is not kept anywhere yet is not left without a warning. A lost line is no refusal: it is tried again.
    stale = true
    if (!state && !answer?.redirected) later(10_000)
  }
  // One after the other: each carries the revision that the one before it came to.
  const queue = () => {
    const mine = (going ?? Promise.resolve()).then(save).finally(() => {
      if (going === mine) going = undefined
    })
    going = mine
  }
  const later = (ms) => {
    clearTimeout(timer)
    timer = setTimeout(queue, ms)
  }
  form.addEventListener('input', () => {
    stale = true
    later(2000)
  })
  // A form that is sent while its draft is being saved would collide with itself: it waits for the newer revision.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    stale = false
    if (!going) return
    event.preventDefault()
    const by = event.submitter
    void going.then(() => form.requestSubmit(by))
  })
  addEventListener('beforeunload', (event) => stale && event.preventDefault())
}

// One box in the head ticks every box of the page; the count beside it follows.
for (const all of document.querySelectorAll('[data-choose-all]')) {
  const boxes = [...all.closest('table').querySelectorAll('tbody input[type=checkbox]')]
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked
  })
  for (const box of boxes)
    box.addEventListener('change', () => {
      const ticked = boxes.filter((each) => each.checked).length
      all.checked = ticked === boxes.length
      all.indeterminate = ticked > 0 && ticked < boxes.length
    })
}

// A signed-in member of the vendor has the notice before them: told by a POST of this page, never by its GET.
if (find('form[data-read]')) {
  const body = new URLSearchParams({ act: 'message.delivered' })
  void fetch(location.pathname, { method: 'POST', body, redirect: 'manual' })
}
