import { describe, expect, it } from 'vitest'
import { draftDockerfile, type DraftSource } from './dockerfile-draft'
import type { Change, ChangeKind } from './model'

function changes(kind: ChangeKind, ...paths: readonly string[]): Change[] {
  return paths.map((path) => ({ path, kind }))
}

function draft(source: Partial<DraftSource>) {
  return draftDockerfile({
    container: 'web',
    image: 'nginx:1.25',
    changes: [],
    folders: new Set(),
    mountPoints: new Set(),
    packages: [],
    packageFiles: new Set(),
    imageConfig: {},
    containerConfig: {},
    ...source
  })
}

/** The instructions, without comments and empty lines. */
function instructions(source: Partial<DraftSource>): string[] {
  return draft(source)
    .text.split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
}

describe('a Dockerfile’s draft', () => {
  it('copies files, takes a new folder whole, removes what is gone once', () => {
    expect(
      instructions({
        changes: [
          ...changes('changed', '/etc', '/etc/my app.conf'),
          ...changes('added', '/opt', '/opt/a', '/opt/b', '/srv', '/srv/empty'),
          ...changes('deleted', '/usr/share/doc', '/usr/share/doc/a')
        ],
        folders: new Set(['/srv/empty'])
      })
    ).toEqual([
      'FROM nginx:1.25',
      'COPY ["rootfs/etc/my app.conf", "/etc/my app.conf"]',
      'COPY rootfs/opt /opt',
      'COPY rootfs/srv /srv',
      'RUN rm -rf /usr/share/doc'
    ])
  })

  it('leaves out what the engine injects, what is mounted and what only running wrote, and says so', () => {
    const { text, copyPaths } = draft({
      changes: [
        ...changes('added', '/data', '/sbin/docker-init', '/opt', '/opt/x.pyc', '/opt/y'),
        ...changes('changed', '/etc/hosts', '/tmp', '/var/log/x')
      ],
      mountPoints: new Set(['/data'])
    })
    expect(copyPaths).toEqual(['/opt/y'])
    expect(text).toContain('# Left out: 6 paths')
  })

  it('installs by the package manager instead of copying its files', () => {
    const text = draft({
      changes: changes('added', '/usr/bin/curl', '/var/lib/dpkg/info/curl.list', '/etc/mine'),
      packageFiles: new Set(['/usr/bin/curl']),
      packages: [
        {
          manager: 'apt',
          packages: [
            { name: 'curl', after: '7.88.1-10' },
            { name: 'nano', before: '7.2' }
          ]
        }
      ]
    }).text
    expect(text).toContain(
      [
        'RUN apt-get update \\',
        ' && apt-get install -y --no-install-recommends \\',
        '      curl=7.88.1-10 \\',
        ' && apt-get purge -y nano \\',
        ' && rm -rf /var/lib/apt/lists/*'
      ].join('\n')
    )
    expect(text).toContain('COPY rootfs/etc/mine /etc/mine\n')
    expect(text).not.toContain('COPY rootfs/usr')
    expect(text).not.toContain('dpkg/info')
  })

  it('says what differs in the settings, quoted', () => {
    expect(
      instructions({
        imageConfig: { Env: ['PATH=/bin'], Cmd: ['nginx'], ExposedPorts: { '80/tcp': {} } },
        containerConfig: {
          Env: ['PATH=/bin', 'A=it is "$x"'],
          Labels: { note: 'a b', 'com.docker.compose.project': 'p' },
          ExposedPorts: { '80/tcp': {}, '81/udp': {} },
          Volumes: { '/data': {} },
          WorkingDir: '/app',
          User: 'sailor',
          Entrypoint: ['/start'],
          Cmd: ['nginx', '-g', 'daemon off;']
        }
      })
    ).toEqual([
      'FROM nginx:1.25',
      String.raw`ENV A="it is \"\$x\""`,
      'LABEL note="a b"',
      'EXPOSE 81/udp',
      'VOLUME ["/data"]',
      'WORKDIR /app',
      'USER sailor',
      'ENTRYPOINT ["/start"]',
      'CMD ["nginx", "-g", "daemon off;"]'
    ])
  })
})
