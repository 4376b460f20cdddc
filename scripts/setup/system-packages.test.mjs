import { describe, expect, it } from 'vitest'
import {
  choosePackage,
  engineGroup,
  installCommand,
  installableIn,
  systemKind,
  testGroup,
  windowGroup
} from './system-packages.mjs'

const bookworm = `libgtk-3-0:
  Installed: 3.24.38-2~deb12u3
  Candidate: 3.24.38-2~deb12u3
  Version table:
 *** 3.24.38-2~deb12u3 500
        500 http://mirror.example/debian bookworm/main amd64 Packages
libasound2:
  Installed: (none)
  Candidate: 1.2.8-1+b1
  Version table:
`

const noble = `libasound2t64:
  Installed: (none)
  Candidate: 1.2.11-1ubuntu0.1
  Version table:
libasound2:
  Installed: (none)
  Candidate: (none)
  Version table:
`

describe('installableIn', () => {
  it('reads the names that have a candidate', () => {
    expect(installableIn(bookworm)).toEqual(new Set(['libgtk-3-0', 'libasound2']))
  })

  it('leaves out a name that is only provided by another package', () => {
    expect(installableIn(noble)).toEqual(new Set(['libasound2t64']))
  })

  it('knows none on a machine without package lists', () => {
    expect(installableIn('')).toEqual(new Set())
  })
})

describe('choosePackage', () => {
  const names = ['libasound2t64', 'libasound2']

  it('takes the name that this release has', () => {
    expect(choosePackage(names, installableIn(bookworm))).toBe('libasound2')
    expect(choosePackage(names, installableIn(noble))).toBe('libasound2t64')
  })

  it('takes none where there is none', () => {
    expect(choosePackage(names, new Set())).toBeUndefined()
  })
})

describe('systemKind', () => {
  it.each([
    ['ID=debian\n', 'debian'],
    ['NAME="Ubuntu"\nID=ubuntu\nID_LIKE=debian\n', 'debian'],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'debian'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'dnf'],
    ['ID=fedora\nVERSION_ID=42\n', 'dnf'],
    ['ID=manjaro\nID_LIKE=arch\n', 'pacman'],
    ['ID=nixos\nBUG_ID=debian\n', 'unknown'],
    ['', 'unknown']
  ])('reads %j', (text, kind) => {
    expect(systemKind(text)).toBe(kind)
  })
})

describe('installCommand', () => {
  it('names each package once, by the name of this release', () => {
    const both = [...engineGroup.parts, ...testGroup.parts.slice(0, 1)]
    expect(installCommand('debian', both, new Set(['docker.io', 'iptables', 'iproute2']))).toBe(
      'sudo apt-get install --no-install-recommends docker.io iptables iproute2'
    )
  })

  it('falls back on the classic names where apt has no lists yet', () => {
    expect(installCommand('debian', windowGroup.parts.slice(0, 2), new Set())).toBe(
      'sudo apt-get install --no-install-recommends libgtk-3-0 libnss3'
    )
  })

  it('knows the other systems, as far as they have the parts', () => {
    expect(installCommand('dnf', engineGroup.parts, new Set())).toBe(
      'sudo dnf install moby-engine iptables iproute'
    )
    expect(installCommand('pacman', engineGroup.parts, new Set())).toBe(
      'sudo pacman -S --needed docker iptables iproute2'
    )
    expect(installCommand('pacman', testGroup.parts, new Set())).toBeUndefined()
    expect(installCommand('unknown', engineGroup.parts, new Set())).toBeUndefined()
  })
})
