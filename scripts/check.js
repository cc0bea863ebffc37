// npm run check: everything that needs neither a database nor a browser, in seconds.
import { checks } from './checks.js'
import { generate, install } from './bootstrap.js'

install()
generate()
process.exit(checks() ? 0 : 1)
