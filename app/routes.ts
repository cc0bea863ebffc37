import { route, type RouteConfig } from '@react-router/dev/routes'

// Every URL of the portal, grouped by audience. Files lie in app/routes/<audience>/.
export default [
  // Machines that watch over the portal
  route('healthz', './routes/public/healthz.ts'),
  route('readyz', './routes/public/readyz.ts'),
  route('metrics', './routes/public/metrics.ts'),
] satisfies RouteConfig
