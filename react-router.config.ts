import type { Config } from '@react-router/dev/config'

export default {
  appDirectory: 'app',
  ssr: true,
  // Pages are documents: no route is loaded by the browser, so none is discovered lazily.
  routeDiscovery: { mode: 'initial' },
} satisfies Config
