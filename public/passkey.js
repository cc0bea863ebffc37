// Passkeys: the one thing that a page cannot do by itself. A form with data-passkey asks the portal for a question, the
// device for its answer, and sends the answer as a field of the form. Without this script the form says what else there is.
const { PublicKeyCredential: Passkeys } = globalThis

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.codePointAt(0))
const textOf = (buffer) =>
  btoa(String.fromCodePoint(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const withBytes = (list) => list?.map((each) => ({ ...each, id: bytesOf(each.id) }))

// What PublicKeyCredential.parseCreationOptionsFromJSON and parseRequestOptionsFromJSON do, where a browser lacks them.
const parse = {
  create: (options) =>
    Passkeys.parseCreationOptionsFromJSON?.(options) ?? {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
    },
  get: (options) =>
    Passkeys.parseRequestOptionsFromJSON?.(options) ?? {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: withBytes(options.allowCredentials),
    },
}

// What PublicKeyCredential.toJSON does. Some password managers bring credentials that lack it.
function written(made) {
  if (typeof made.toJSON === 'function') {
    try {
      return made.toJSON()
    } catch {
      // One that only looks as if it could: written out below.
    }
  }
  const { response } = made
  const fields = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']
  const read = fields.filter((name) => response[name]).map((name) => [name, textOf(response[name])])
  return {
    id: made.id,
    rawId: textOf(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment ?? undefined,
    clientExtensionResults: made.getClientExtensionResults?.() ?? {},
    response: { ...Object.fromEntries(read), transports: response.getTransports?.() },
  }
}

async function answerOf(form) {
  const { passkey: kind, passkeyOptions: address } = form.dataset
  const question = await fetch(address, { method: 'POST', headers: { accept: 'application/json' } })
  if (question.redirected) return location.assign(question.url)
  if (!question.ok) throw new Error(`The portal answered ${question.status}`)
  const made = await navigator.credentials[kind]({ publicKey: parse[kind](await question.json()) })
  return made === null ? undefined : JSON.stringify(written(made))
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!Passkeys || !navigator.credentials) continue
  const button = form.querySelector('[data-passkey-act]')
  const says = form.querySelector('[data-passkey-says]')
  for (const without of form.querySelectorAll('[data-passkey-without]')) without.hidden = true
  for (const part of form.querySelectorAll('[data-passkey-with]')) part.hidden = false
  form.addEventListener('submit', async (event) => {
    if (form.elements.response.value !== '') return
    event.preventDefault()
    if (!form.reportValidity()) return
    button.disabled = true
    says.textContent = ''
    try {
      const answer = await answerOf(form)
      if (answer === undefined) return
      form.elements.response.value = answer
      form.submit()
    } catch {
      // Cancelled, timed out, known already, no such passkey: browsers do not tell which, on purpose.
      says.textContent = form.dataset.passkeyFailed
    } finally {
      button.disabled = false
    }
  })
}
