/** The product as a person starts it: `xiaoneng serve --demo`, on a free port, with a state directory of its own. */
import { execFile, spawn } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

import { PROGRAM, ROOT } from './place.mjs'

const run = promisify(execFile)
const START_MS = 240_000
const STOP_MS = 30_000
export const PASSWORD = 'Minglan-2026-demo'

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function answers(base) {
  try {
    return (await fetch(`${base}/api/v1/auth/me`)).status === 401
  } catch {
    return false
  }
}

function environment(state) {
  const { DATABASE_URL: _mine, OWNER_DATABASE_URL: _owner, ...rest } = process.env
  return { ...rest, XIAONENG_STATE_DIR: state, XIAONENG_ENVIRONMENT: 'test', XIAONENG_CLOCK_FILE: join(state, 'clock') }
}

async function ready(base, child, said) {
  const end = Date.now() + START_MS
  while (!(await answers(base))) {
    if (child.exitCode !== null) throw new Error(`the server stopped with ${child.exitCode}:\n${said()}`)
    if (Date.now() > end) throw new Error(`the server did not answer in ${START_MS / 1000} s:\n${said()}`)
    await pause(200)
  }
}

async function end(child, state) {
  if (child.exitCode === null) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await Promise.race([gone, pause(STOP_MS, undefined, { ref: false }).then(() => child.kill('SIGKILL'))])
  }
  await rm(state, { recursive: true, force: true })
}

/** Starts the server with a month of demo work; `stop` ends it and removes what it stored. */
export async function startServer() {
  const state = await mkdtemp(join(tmpdir(), 'xiaoneng-e2e-'))
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const env = environment(state)
  let output = ''
  const child = spawn(PROGRAM, ['serve', '--demo', '--port', String(port)], { cwd: ROOT, env })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-8000)))
  const stop = () => end(child, state)
  try {
    await ready(base, child, () => output)
  } catch (error) {
    await stop()
    throw error
  }
  const shell = (...args) => fromShell(args, env)
  return { base, stop, source: (code) => shell('source', code), clock: (...args) => shell('clock', ...args), token: (login) => shell('token', login) }
}

/** What an operator does from the shell: the secret of a new 12345 platform, an access token, the clock moved. */
async function fromShell(args, env) {
  const { stdout } = await run(PROGRAM, args, { cwd: ROOT, env })
  return stdout.trim()
}

/** A message signed as openapi/README.md says (Standard Webhooks). */
export async function sendHotlineEvent({ base, source, secret, type, data }) {
  const id = randomUUID()
  const timestamp = Math.floor(Date.now() / 1000)
  const body = JSON.stringify({ type, occurred_at: new Date().toISOString(), data })
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
  return fetch(`${base}/api/v1/hotline/${source}/events`, { method: 'POST', headers, body })
}
