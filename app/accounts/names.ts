import { normalText } from '#app/platform/normal-text.ts'
import { z } from 'zod'

import { m } from '#app/generated/messages/messages.js'

/** The longest name of a person or an organisation. */
export const maxNameLength = 120

// Controls, line ends, text direction overrides and invisible joiners: what header and display tricks are made of.
const hidden =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/u
// Angle brackets and quotes could forge an address in a mail header; an address in a name would make mails lie.
const forging = /[<>"\\]|:\/\/|www\.|\S@\S/iu

/** A name as people write it, in any script; refused when it could forge a header, a link or an address in a mail. */
export function nameField() {
  return z
    .string({ error: () => m.accounts_error_name_missing() })
    .transform(tidy)
    .pipe(
      z
        .string()
        .min(1, { error: () => m.accounts_error_name_missing() })
        .max(maxNameLength, { error: () => m.accounts_error_name_long({ max: String(maxNameLength) }) })
        .refine((name) => !hidden.test(name) && !forging.test(name), { error: () => m.accounts_error_name_signs() })
        .refine((name) => /[\p{L}\p{N}]/u.test(name), { error: () => m.accounts_error_name_missing() }),
    )
}

/** A line of free text, of at most `max` characters, without hidden characters; `missing` says that it is missing. */
export function lineField(max: number, missing?: () => string) {
  return z
    .string(missing === undefined ? undefined : { error: missing })
    .transform(tidy)
    .pipe(
      z
        .string()
        .max(max, { error: () => m.accounts_error_line_long({ max: String(max) }) })
        .refine((line) => !hidden.test(line), { error: () => m.accounts_error_name_signs() }),
    )
}

function tidy(text: string): string {
  return normalText(text, 'NFC').trim().replaceAll(/ {2,}/g, ' ')
}
