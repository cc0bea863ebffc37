import { useForm, type SubmissionResult } from '@conform-to/react'

import { ErrorSummary, faultsOf } from '#app/ui/error-summary.tsx'

/** Why an act was refused that has a button and no fields of its own. */
export function ReturnedFaults({ result }: { result: SubmissionResult | undefined }) {
  const [form] = useForm({ id: 'returned', lastResult: result })
  return <ErrorSummary faults={faultsOf(form)} />
}
