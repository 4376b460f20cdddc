import { readFileSync } from 'node:fs'
import { aptInstall, installableOf } from './apt.mjs'
import { SetupError, say } from './say.mjs'
import { isThere } from './system-files.mjs'
import { installCommand, systemKind } from './system-packages.mjs'

/**
 * Sees to it that the system has what we need of it. As root on Debian or Ubuntu it is installed;
 * anybody else is told the command.
 * @param {readonly import('./system-packages.mjs').Group[]} groups
 * @throws {SetupError} when something is missing, and stays so
 */
export async function ensureSystemParts(groups) {
  if (process.platform !== 'linux') return
  const lacking = groups
    .map((group) => ({ ...group, parts: group.parts.filter((part) => !isThere(group.kind, part)) }))
    .filter((group) => group.parts.length > 0)
  if (lacking.length === 0) return
  const kind = systemKind(osRelease())
  const isRoot = process.getuid?.() === 0
  if (kind !== 'debian' || !isRoot) return tell(kind, lacking)
  const parts = lacking.flatMap((group) => group.parts)
  say(`system parts: installing ${namesOf(parts)} with apt-get, for ${reasonsOf(lacking)}`)
  await aptInstall(parts.map((part) => part.debian))
}

/**
 * @param {ReturnType<typeof systemKind>} kind
 * @param {readonly import('./system-packages.mjs').Group[]} lacking
 */
async function tell(kind, lacking) {
  const parts = lacking.flatMap((group) => group.parts)
  const known = kind === 'debian' ? await installableOf(parts.flatMap((part) => part.debian)) : null
  const command = installCommand(kind, parts, known ?? new Set())
  const files = parts.map((part) => part.anyOf.join(' or ')).join(', ')
  const advice = command
    ? `This installs it:\n\n    ${command}\n`
    : 'Install it by the package manager of this system.'
  const message = `This machine lacks ${files}, for ${reasonsOf(lacking)}. ${advice}`
  // Elsewhere libraries may lie where we did not look, and the loader's word is better than ours.
  if (kind === 'debian' || lacking.some((group) => group.kind === 'programs')) {
    throw new SetupError(message)
  }
  say(message)
}

/** @param {readonly import('./system-packages.mjs').Part[]} parts */
function namesOf(parts) {
  return [...new Set(parts.map((part) => part.debian.at(-1)))].join(', ')
}

/** @param {readonly import('./system-packages.mjs').Group[]} groups */
function reasonsOf(groups) {
  return groups.map((group) => group.why).join(', and ')
}

function osRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}
