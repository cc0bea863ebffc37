// Sends a file in parts, shows how far it is, and goes on where it was after a lost line or a closed tab.
// Without this script the form is sent whole.
const megabytes = (bytes) => (bytes / 1e6).toFixed(1)
const pause = (ms) => new Promise((done) => setTimeout(done, ms))

class Refusal extends Error {}

for (const form of document.querySelectorAll('form[data-upload]')) {
  const { upload, part, most, redaction, next, tooLarge, waiting, checking, signedOut } = form.dataset
  const box = form.querySelector('[data-upload-state]')
  const bar = box.querySelector('progress')
  const text = box.querySelector('output')
  const say = (words) => {
    text.textContent = words
  }
  const show = (sent, whole) => {
    bar.max = whole
    bar.value = sent
    say(`${megabytes(sent)} / ${megabytes(whole)} MB`)
  }

  // Asks until there is an answer: what the server refuses is final, a lost line or a restarting server is not.
  async function ask(address, options) {
    for (let wait = 500; ; wait = Math.min(wait * 2, 15_000)) {
      const answer = await fetch(address, options).catch(() => undefined)
      // Who is signed out meanwhile is led to another page, which is no answer.
      if (answer?.redirected) throw new Refusal(signedOut)
      if (answer && answer.status < 500 && answer.status !== 429) {
        const said = await answer.json().catch(() => ({}))
        if (answer.ok || answer.status === 409) return said
        throw new Refusal(said.error ?? String(answer.status))
      }
      say(waiting)
      await pause(wait)
    }
  }

  async function send(file) {
    if (file.size > Number(most)) throw new Refusal(tooLarge)
    const fingerprint = `${file.size}-${file.lastModified}`
    const about = new URLSearchParams({ name: file.name, bytes: file.size, fingerprint })
    if (redaction) about.set('redactionOf', redaction)
    const { id, received } = await ask(upload, { method: 'POST', body: about })
    let at = received
    show(at, file.size)
    while (at < file.size) {
      const body = file.slice(at, at + Number(part))
      const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(at) }
      const said = await ask(`${upload}/${id}`, { method: 'PATCH', headers, body })
      at = said.received
      show(at, file.size)
    }
    say(checking)
    const done = await ask(`${upload}/${id}`, { method: 'POST', body: new URLSearchParams({ next: next ?? '' }) })
    return redaction ? `/evidence/${redaction}#redacted` : done.href
  }

  form.addEventListener('submit', async (event) => {
    const file = form.querySelector('input[type=file]').files[0]
    if (!file) return
    event.preventDefault()
    const button = form.querySelector('button[type=submit]')
    button.disabled = true
    box.hidden = false
    try {
      location.assign(await send(file))
    } catch (error) {
      bar.value = 0
      say(error instanceof Refusal ? error.message : waiting)
      button.disabled = false
    }
  })
}
