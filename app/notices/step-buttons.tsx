import type { ReactNode } from 'react'
import { m } from '#app/generated/messages/messages.js'
import { Button } from '#app/ui/button.tsx'

/** The end of a step of a wizard: the way back or out, saving alone, and the way on. */
export function StepButtons({ back, next }: { back: ReactNode; next: string }) {
  return (
    <div className="bs">
      {back}
      <Button name="intent" value="save">
        {m.filing_save()}
      </Button>
      <Button look="go" name="intent" value="continue">
        {next}
      </Button>
    </div>
  )
}
