import type { ReactNode } from 'react'

/** `go` is the one primary act of a page, `risk` destroys or cannot be undone, `bare` is a word. */
export type ButtonLook = 'plain' | 'go' | 'risk' | 'risk go' | 'bare'

interface ButtonProps {
  readonly children: ReactNode
  readonly look?: ButtonLook
  /** Sent with the form, to tell its buttons apart. */
  readonly name?: string
  readonly value?: string
  readonly disabled?: boolean
  /** The form it belongs to, when it stands outside of it. */
  readonly form?: string
  readonly formAction?: string
}

/** Sends its form. */
export function Button({ children, look = 'plain', ...rest }: ButtonProps) {
  return (
    <button type="submit" className={classOf(look)} {...rest}>
      {children}
    </button>
  )
}

/** Leads to the page where the act is done. */
export function LinkButton({
  children,
  look = 'plain',
  href,
}: {
  children: ReactNode
  look?: ButtonLook
  href: string
}) {
  return (
    <a className={classOf(look)} href={href}>
      {children}
    </a>
  )
}

function classOf(look: ButtonLook): string {
  return look === 'plain' ? 'b' : `b ${look}`
}
