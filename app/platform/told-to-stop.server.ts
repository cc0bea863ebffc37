/**
 * Calls `stop` once: at a SIGTERM or a SIGINT, or when the supervisor that started this process is gone without having
 * said so, as when it was killed. Without it nobody would stop this process, and it would hold its port.
 */
export function onceToldToStop(stop: () => unknown): void {
  let told = false
  const tell = () => {
    if (told) return
    told = true
    stop()
  }
  process.once('SIGTERM', tell)
  process.once('SIGINT', tell)
  process.once('disconnect', tell)
  process.channel?.unref()
}
