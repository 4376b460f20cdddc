import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { run } from './children.mjs'
import { atTheEnd } from './lifetime.mjs'
import { SetupError, say } from './say.mjs'
import { choosePackage, installableIn } from './system-packages.mjs'

const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }

/** Waits for another apt, and does not wait long for a source that does not answer. */
const patience = [
  ['-o', 'DPkg::Lock::Timeout=120'],
  ['-o', 'Acquire::Retries=1'],
  ['-o', 'Acquire::http::Timeout=20']
].flat()

/**
 * Which of some packages apt knows a version of.
 * @param {readonly string[]} names
 * @returns {Promise<Set<string>>}
 */
export async function installableOf(names) {
  const { stdout } = await run('apt-cache', ['policy', ...names], { env: environment })
  return installableIn(stdout)
}

/**
 * Installs packages without a prompt and without starting their services.
 * @param {readonly (readonly string[])[]} wanted for each package its possible names
 * @throws {SetupError} when apt cannot
 */
export async function aptInstall(wanted) {
  const chosen = (await choose(wanted)) ?? (await updateThenChoose(wanted))
  const first = await installQuietly(chosen)
  if (first.code === 0) return
  // Lists that are older than what the mirror holds are the usual cause.
  await update()
  const second = await installQuietly(chosen)
  if (second.code !== 0) {
    throw new SetupError(
      `apt-get could not install ${chosen.join(' ')} (exit code ${second.code}):\n${second.stderr.trim()}`
    )
  }
}

/**
 * @param {readonly (readonly string[])[]} wanted
 * @returns {Promise<string[] | undefined>} undefined when apt does not know all of them
 */
async function choose(wanted) {
  const installable = await installableOf(wanted.flat())
  const names = wanted.map((candidates) => choosePackage(candidates, installable))
  const known = names.filter((name) => name !== undefined)
  return known.length === wanted.length ? [...new Set(known)] : undefined
}

/** @param {readonly (readonly string[])[]} wanted */
async function updateThenChoose(wanted) {
  const { stderr } = await update()
  const chosen = await choose(wanted)
  if (chosen) return chosen
  const names = wanted.map((candidates) => candidates.join(' or ')).join(', ')
  throw new SetupError(`apt does not know all of these packages: ${names}.\n${stderr.trim()}`)
}

/** Its exit code tells nothing: one source of many that does not answer makes it fail, or not. */
function update() {
  say('system parts: reading the package lists (apt-get update)')
  return run('apt-get', ['update', '-q', ...patience], { env: environment })
}

/** @param {readonly string[]} names */
async function installQuietly(names) {
  const allow = forbidServices()
  try {
    return await run(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', ...patience, ...names],
      { env: environment }
    )
  } finally {
    allow()
  }
}

/**
 * Keeps the packages from starting their daemons: we want dockerd's program, not a second engine on
 * this machine. Source: Debian's invoke-rc.d(8), which asks /usr/sbin/policy-rc.d; 101 is "forbidden".
 * @returns {() => void} takes the rule back
 */
function forbidServices() {
  const rule = '/usr/sbin/policy-rc.d'
  if (existsSync(rule)) return () => {}
  writeFileSync(rule, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  const allow = () => rmSync(rule, { force: true })
  atTheEnd(allow)
  return allow
}
