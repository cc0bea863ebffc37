import { appendFileSync } from 'node:fs'

/** A reporter of vitest: notes in the file CAVEAT_SECOND_TRIES each test that passed only at its second try, and why not before. */
export default class SecondTries {
  onTestCaseResult(test) {
    const file = process.env['CAVEAT_SECOND_TRIES']
    if (file === undefined || test.diagnostic()?.flaky !== true) return
    const reasons = (test.result().errors ?? []).map(({ message }) => message)
    appendFileSync(file, `${test.module.relativeModuleId}: ${test.fullName}\n${reasons.join('\n')}\n`)
  }
}
