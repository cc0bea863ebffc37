import { index, layout, route, type RouteConfig } from '@react-router/dev/routes'

// Every URL of the portal, grouped by audience. Files lie in app/routes/<audience>/.
export default [
  // Everybody: no rail
  layout('./routes/plain.tsx', [index('./routes/public/landing.tsx'), route('*', './routes/not-found.tsx')]),

  // Signed in and acting for an organisation: bar and rail
  layout('./routes/frame.tsx', [
    route('home', './routes/holder/home.tsx'),
    route('keyboard', './routes/account/keyboard.tsx'),
    route('vendors', './routes/holder/vendors.tsx'),
    route('vendors/:slug', './routes/holder/vendor.tsx'),
  ]),

  // Machines that watch over the portal
  route('healthz', './routes/public/healthz.ts'),
  route('readyz', './routes/public/readyz.ts'),
  route('metrics', './routes/public/metrics.ts'),
] satisfies RouteConfig
