import { m } from '#app/generated/messages/messages.js'
import { Section } from '#app/ui/section.tsx'
import { settingLine } from './answering-wording.ts'
import type { Setting } from './answers.ts'
import { codeWords } from './wording.ts'

/** What was set for works of their own so far, each with the act that takes it back. */
export function AnsweringSettings({ settings }: { settings: readonly Setting[] }) {
  if (settings.length === 0) return null
  return (
    <Section id="so-far" title={m.vendors_answer_so_far()} aside={m.vendors_answer_so_far_help()}>
      <ol className="pick">
        {settings.map((setting, place) => {
          const line = settingLine(setting)
          return (
            // oxlint-disable-next-line react/no-array-index-key -- the same answer may be set twice: its place is what it is
            <li key={place}>
              <span aria-hidden="true">{place + 1}</span>
              <span>
                <SettingWords setting={setting} />{' '}
                <button
                  type="submit"
                  className="word"
                  name="intent"
                  value={`remove:${place}`}
                  aria-label={m.vendors_answer_remove_named({ line })}
                >
                  {m.vendors_answer_remove()}
                </button>
              </span>
            </li>
          )
        })}
      </ol>
    </Section>
  )
}

/** What a setting does, and under it the reason and the explanation that go with it. */
export function SettingWords({ setting }: { setting: Setting }) {
  const { code, text } = setting.answer
  return (
    <>
      {settingLine(setting)}
      {code !== undefined && <span className="t-id">{codeWords[code]()}</span>}
      {text !== undefined && <span className="t-id typed">{text}</span>}
    </>
  )
}
