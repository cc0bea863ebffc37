import type { Config } from '@react-router/dev/config'

export default {
  appDirectory: 'app',
  ssr: true,
  // Pages are documents: no route is loaded by the browser, so none is discovered lazily.
  routeDiscovery: { mode: 'initial' },
  // One file per process: build/server/index.js is the web, worker.js the worker, and so on (vite.config.ts).
  serverBuildFile: '[name].js',
} satisfies Config
