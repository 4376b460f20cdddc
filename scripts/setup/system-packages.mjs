/**
 * @typedef {object} Part something of the system that we use
 * @property {readonly string[]} anyOf file names, or absolute paths: the part is there when one is
 * @property {boolean} [isStatic] the file must be an executable without a dynamic loader
 * @property {readonly string[]} debian the package's names on Debian and Ubuntu, newest first: their
 *   64-bit-time transition renamed some ("t64")
 * @property {string} [dnf] its name on Fedora and its kin
 * @property {string} [pacman] its name on Arch
 *
 * @typedef {object} Group
 * @property {string} why who needs it, to end the sentence "… for"
 * @property {'libraries' | 'programs'} kind where its files are looked for
 * @property {readonly Part[]} parts
 */

/** What Electron's executable is linked against, as far as a server lacks it. @type {Group} */
export const windowGroup = {
  why: 'the window',
  kind: 'libraries',
  parts: [
    {
      anyOf: ['libgtk-3.so.0'],
      debian: ['libgtk-3-0t64', 'libgtk-3-0'],
      dnf: 'gtk3',
      pacman: 'gtk3'
    },
    { anyOf: ['libnss3.so'], debian: ['libnss3'], dnf: 'nss', pacman: 'nss' },
    {
      anyOf: ['libasound.so.2'],
      debian: ['libasound2t64', 'libasound2'],
      dnf: 'alsa-lib',
      pacman: 'alsa-lib'
    },
    { anyOf: ['libgbm.so.1'], debian: ['libgbm1'], dnf: 'mesa-libgbm', pacman: 'mesa' },
    { anyOf: ['libXss.so.1'], debian: ['libxss1'], dnf: 'libXScrnSaver', pacman: 'libxss' },
    { anyOf: ['libXtst.so.6'], debian: ['libxtst6'], dnf: 'libXtst', pacman: 'libxtst' },
    {
      anyOf: ['libatspi.so.0'],
      debian: ['libatspi2.0-0t64', 'libatspi2.0-0'],
      dnf: 'at-spi2-core',
      pacman: 'at-spi2-core'
    },
    { anyOf: ['libdrm.so.2'], debian: ['libdrm2'], dnf: 'libdrm', pacman: 'libdrm' },
    {
      anyOf: ['libcups.so.2'],
      debian: ['libcups2t64', 'libcups2'],
      dnf: 'cups-libs',
      pacman: 'libcups'
    }
  ]
}

/** @type {Group} */
export const displayGroup = {
  why: 'a virtual display, as there is no other',
  kind: 'programs',
  parts: [
    {
      anyOf: ['Xvfb'],
      debian: ['xvfb'],
      dnf: 'xorg-x11-server-Xvfb',
      pacman: 'xorg-server-xvfb'
    }
  ]
}

/** @type {Group} */
export const engineGroup = {
  why: 'a private Docker engine',
  kind: 'programs',
  parts: [
    { anyOf: ['dockerd'], debian: ['docker.io'], dnf: 'moby-engine', pacman: 'docker' },
    { anyOf: ['iptables'], debian: ['iptables'], dnf: 'iptables', pacman: 'iptables' },
    { anyOf: ['ip'], debian: ['iproute2'], dnf: 'iproute', pacman: 'iproute2' }
  ]
}

/** @type {Group} */
export const testGroup = {
  why: "the tests' images, registries and references",
  kind: 'programs',
  parts: [
    // Before Debian 13 the command is part of docker.io.
    { anyOf: ['docker'], debian: ['docker-cli', 'docker.io'], dnf: 'docker-cli', pacman: 'docker' },
    { anyOf: ['/bin/busybox'], isStatic: true, debian: ['busybox-static'] },
    { anyOf: ['docker-registry'], debian: ['docker-registry'] },
    { anyOf: ['htpasswd'], debian: ['apache2-utils'], dnf: 'httpd-tools', pacman: 'apache' },
    // What a terminal is tried with.
    { anyOf: ['script'], debian: ['bsdutils'], dnf: 'util-linux-script', pacman: 'util-linux' },
    { anyOf: ['vim.tiny'], debian: ['vim-tiny'] },
    { anyOf: ['htop'], debian: ['htop'], dnf: 'htop', pacman: 'htop' },
    { anyOf: ['mc'], debian: ['mc'], dnf: 'mc', pacman: 'mc' },
    { anyOf: ['tmux'], debian: ['tmux'], dnf: 'tmux', pacman: 'tmux' }
  ]
}

/**
 * The first of a package's names under which it can be installed.
 * @param {readonly string[]} names newest first
 * @param {ReadonlySet<string>} installable as `installableIn` gives them
 * @returns {string | undefined} undefined where it goes by none of them
 */
export function choosePackage(names, installable) {
  return names.find((name) => installable.has(name))
}

/**
 * The packages that apt could install. A name that is only provided by another package (libasound2
 * on Ubuntu 24.04) has no candidate. Source: `LC_ALL=C apt-cache policy NAME…`:
 * ```
 * libgtk-3-0:
 *   Installed: (none)
 *   Candidate: 3.24.38-2~deb12u3
 * ```
 * @param {string} policy
 * @returns {Set<string>}
 */
export function installableIn(policy) {
  const found = new Set()
  let name = ''
  for (const line of policy.split('\n')) {
    const heading = /^(\S+):$/.exec(line)
    if (heading?.[1] !== undefined) name = heading[1]
    const candidate = /^ {2}Candidate: (.*)$/.exec(line)
    if (candidate && candidate[1] !== '(none)') found.add(name)
  }
  return found
}

/**
 * What kind of Linux it is.
 * @param {string} osRelease the text of /etc/os-release
 * @returns {'debian' | 'dnf' | 'pacman' | 'unknown'}
 */
export function systemKind(osRelease) {
  const stated = [...osRelease.matchAll(/^ID(?:_LIKE)?=["']?([^"'\n]*)/gm)]
  const ids = stated.flatMap((match) => (match[1] ?? '').split(' '))
  if (ids.includes('debian') || ids.includes('ubuntu')) return 'debian'
  if (ids.includes('fedora') || ids.includes('rhel')) return 'dnf'
  return ids.includes('arch') ? 'pacman' : 'unknown'
}

/**
 * The command that installs parts, to be shown to a person.
 * @param {ReturnType<typeof systemKind>} kind
 * @param {readonly Part[]} parts
 * @param {ReadonlySet<string>} installable used on Debian only
 * @returns {string | undefined} undefined where we know no command
 */
export function installCommand(kind, parts, installable) {
  if (kind === 'debian') {
    const names = parts.map((part) => choosePackage(part.debian, installable) ?? part.debian.at(-1))
    return `sudo apt-get install --no-install-recommends ${[...new Set(names)].join(' ')}`
  }
  if (kind === 'unknown' || parts.some((part) => part[kind] === undefined)) return undefined
  const names = [...new Set(parts.map((part) => part[kind]))].join(' ')
  return kind === 'dnf' ? `sudo dnf install ${names}` : `sudo pacman -S --needed ${names}`
}
