/** The one mock server of the unit tests: every test says what it answers; an unexpected call fails the test. */
import { setupServer } from 'msw/node'

export const server = setupServer()
