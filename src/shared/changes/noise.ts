/** Places that programs write to as they run, and that nobody means to keep; each with what is below it. */
const NOISE = [
  '/tmp',
  '/run',
  '/var/run',
  '/var/tmp',
  '/var/lock',
  '/var/cache',
  '/var/log',
  '/var/lib/apt/lists',
  '/var/lib/dpkg/status-old',
  '/dev',
  '/proc',
  '/sys',
  '/root/.cache',
  '/root/.npm',
  '/lib/apk/db/lock'
]
const PLACES = new RegExp(`^(?:${NOISE.join('|')})(?:/|$)`)
const NOISY_NAMES =
  /(^|\/)(__pycache__|\.bash_history|\.ash_history|\.python_history|\.lesshst|\.viminfo|\.wget-hsts)(\/|$)|\.(pyc|pid|swp)$/

/** True for a change that comes from merely running: temporary files, caches, logs, histories of shells. */
export function isNoise(path: string): boolean {
  return PLACES.test(path) || NOISY_NAMES.test(path)
}
