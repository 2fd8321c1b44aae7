/** The journeys of each role in a real browser, against a server of their own. */
import './chain.mjs'
import './back.mjs'
import './duplicates.mjs'
import './supervision.mjs'
import './pages.mjs'
import './field.mjs'
import './limits.mjs'
