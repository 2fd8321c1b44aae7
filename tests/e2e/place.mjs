/** Where things are: this repository, its tools, and the folder the screenshots go to. */
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
export const ARTIFACTS = fileURLToPath(new URL('artifacts/', import.meta.url))
export const PROGRAM = `${ROOT}.venv/bin/xiaoneng`

/** The browser driver belongs to the frontend, the only place with a package.json. */
const frontend = createRequire(`${ROOT}frontend/package.json`)

export const { chromium } = frontend('playwright-core')
export const axe = frontend('axe-core')
