import type { PackageChange } from './model'

/** Installed packages with their versions. */
export type Packages = ReadonlyMap<string, string>

/** The installed packages of dpkg's `/var/lib/dpkg/status`. Source: dpkg-query(1), deb822(5). */
export function parseDpkgStatus(text: string): Packages {
  const packages = new Map<string, string>()
  for (const stanza of text.split(/\n\n+/)) {
    const name = fieldOf(stanza, 'Package')
    const version = fieldOf(stanza, 'Version')
    // The third word is the state: a package that was removed keeps its stanza as `config-files`.
    const isInstalled = fieldOf(stanza, 'Status')?.endsWith(' installed') ?? false
    if (name !== undefined && version !== undefined && isInstalled) packages.set(name, version)
  }
  return packages
}

/** The installed packages of apk's `/lib/apk/db/installed`. Source: Alpine's apk specification. */
export function parseApkInstalled(text: string): Packages {
  const packages = new Map<string, string>()
  for (const stanza of text.split(/\n\n+/)) {
    const name = /^P:(.+)$/m.exec(stanza)?.[1]
    const version = /^V:(.+)$/m.exec(stanza)?.[1]
    if (name !== undefined && version !== undefined) packages.set(name, version)
  }
  return packages
}

/** The files that apk's database says belong to a package, absolute. */
export function apkFiles(text: string): ReadonlySet<string> {
  const files = new Set<string>()
  let folder = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('F:')) folder = line.slice(2)
    else if (line.startsWith('R:')) files.add(`/${folder}/${line.slice(2)}`.replace('//', '/'))
  }
  return files
}

/** What differs between two lists, by name. */
export function comparePackages(before: Packages, after: Packages): PackageChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)]
    if (old === now) return []
    return {
      name,
      ...(old !== undefined && { before: old }),
      ...(now !== undefined && { after: now })
    }
  })
}

function fieldOf(stanza: string, field: string): string | undefined {
  return new RegExp(`^${field}: *(.*)$`, 'm').exec(stanza)?.[1]
}
