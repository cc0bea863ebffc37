import { useForm, type SubmissionResult } from '@conform-to/react'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'
import { DataTable, type Column } from '#app/ui/data-table.tsx'
import { Details } from '#app/ui/details.tsx'
import { InputField } from '#app/ui/fields.tsx'
import { DateOf } from '#app/ui/when.tsx'
import { PostForm } from './post-form.tsx'

type Passkey = { id: string; name: string; addedAt: Date; synced: boolean }

/** The passkeys of a person. */
export function PasskeysTable({ passkeys, timeZone }: { passkeys: readonly Passkey[]; timeZone: string }) {
  return (
    <DataTable
      caption={m.security_passkeys_title()}
      columns={columnsIn(timeZone)}
      rows={passkeys}
      rowKey={({ id }) => id}
    />
  )
}

function columnsIn(timeZone: string): Column<Passkey>[] {
  return [
    { key: 'name', head: m.security_passkey_name(), kind: 'row', cell: ({ name }) => name },
    {
      key: 'added',
      head: m.security_passkey_added_on(),
      cell: ({ addedAt }) => <DateOf at={addedAt} timeZone={timeZone} />,
    },
    {
      key: 'where',
      head: m.security_passkey_where(),
      cell: ({ synced }) => (synced ? m.security_passkey_synced() : m.security_passkey_one_device()),
    },
    { key: 'acts', head: m.security_passkey_acts(), cell: actsOf },
  ]
}

function actsOf({ id, name }: Passkey) {
  return (
    <Details summary={m.security_passkey_change()}>
      <form method="post" className="fs">
        <input type="hidden" name="act" value="rename" />
        <input type="hidden" name="passkeyId" value={id} />
        <InputField
          field={{ id: `name-${id}`, name: 'name', initialValue: name }}
          label={m.security_passkey_name()}
          maxLength={60}
        />
        <div>
          <Button>{m.security_passkey_rename()}</Button>
        </div>
      </form>
      <form method="post" className="fs gap">
        <input type="hidden" name="passkeyId" value={id} />
        <p>{m.security_passkey_remove_lead({ name })}</p>
        <div>
          <Button look="risk" name="act" value="remove">
            {m.security_passkey_remove({ name })}
          </Button>
        </div>
      </form>
    </Details>
  )
}

/** Adding one: the form is sent by its script, and says so where there is none. */
export function AddPasskey({ result }: { result: SubmissionResult | undefined }) {
  const [form, fields] = useForm<{ name: string; response: string }>({ id: 'add-passkey', lastResult: result })
  return (
    <PostForm
      form={form}
      passkey={{ kind: 'create', question: '/settings/passkeys/options', failed: m.security_passkey_failed() }}
    >
      <input type="hidden" name="act" value="add" />
      <input type="hidden" name="response" defaultValue="" />
      <p className="prose">{m.security_passkey_add_lead()}</p>
      <p data-passkey-without>{m.security_passkey_without_script()}</p>
      <div className="fs" data-passkey-with hidden>
        <InputField
          field={fields.name}
          label={m.security_passkey_name()}
          help={m.security_passkey_name_help()}
          maxLength={60}
        />
        <div>
          <button type="submit" className="b go" data-passkey-act>
            {m.security_passkey_add()}
          </button>
        </div>
      </div>
      <output className="block" data-passkey-says />
    </PostForm>
  )
}

/** Signing in by a passkey, under the password's form. */
export function PasskeySignIn({ next }: { next: string }) {
  return (
    <form
      method="post"
      action="/sign-in/passkey"
      className="fs"
      data-passkey="get"
      data-passkey-options="/sign-in/passkey/options"
      data-passkey-failed={m.security_passkey_sign_in_failed()}
    >
      <input type="hidden" name="response" defaultValue="" />
      <input type="hidden" name="next" value={next} />
      <p data-passkey-without className="faint">
        {m.security_passkey_sign_in_without()}
      </p>
      <div data-passkey-with hidden>
        <button type="submit" className="b" data-passkey-act>
          {m.security_passkey_sign_in()}
        </button>
      </div>
      <output className="block" data-passkey-says />
    </form>
  )
}
