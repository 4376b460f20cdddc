import { describe, expect, it } from 'vitest'
import { runCommand } from './format'
import type { RunSpec } from './model'
import { parseRunLine } from './parse'

/** What a line's flags are read as, of a line without a problem. */
function read(flags: string): Omit<RunSpec, 'image'> {
  const { spec, problems } = parseRunLine(`docker run ${flags} busybox`)
  expect(problems).toEqual([])
  const { image, ...rest } = spec
  expect(image).toBe('busybox')
  return rest
}

const port = (first: number, last = first) => ({ first, last })
const MIB = 2 ** 20

describe('parseRunLine', () => {
  it.each<[string, Omit<RunSpec, 'image'>]>([
    ['-itd', { interactive: true, tty: true, detach: true }],
    ['-it=false', { interactive: true }],
    ['--rm=false --rm=0 -d=t', { detach: true }],
    ['--init', { init: true }],
    ['--init=false', { init: false }],
    ['--sig-proxy=false', { sigProxy: false }],
    ['--sig-proxy --disable-content-trust', {}],
    ['-p80:81', { publish: [{ hostPorts: port(80), containerPorts: port(81), protocol: 'tcp' }] }],
    [
      '-p 127.0.0.1::53/UDP',
      { publish: [{ hostIp: '127.0.0.1', containerPorts: port(53), protocol: 'udp' }] }
    ],
    [
      '-p [::1]:8000-8002:80-82',
      {
        publish: [
          {
            hostIp: '::1',
            hostPorts: port(8000, 8002),
            containerPorts: port(80, 82),
            protocol: 'tcp'
          }
        ]
      }
    ],
    [
      '-p published=8080,target=80',
      { publish: [{ hostPorts: port(8080), containerPorts: port(80), protocol: 'tcp' }] }
    ],
    ['--expose 80-90/udp', { expose: [{ ports: port(80, 90), protocol: 'udp' }] }],
    [
      '-e=A=b=c -eD --env E=',
      { env: [{ name: 'A', value: 'b=c' }, { name: 'D' }, { name: 'E', value: '' }] }
    ],
    [
      '-l a -l b=c',
      {
        labels: [
          { name: 'a', value: '' },
          { name: 'b', value: 'c' }
        ]
      }
    ],
    ['-v /a', { volumes: [{ target: '/a' }] }],
    ['-v data:/a:ro,z', { volumes: [{ source: 'data', target: '/a', options: ['ro', 'z'] }] }],
    [
      String.raw`-v 'C:\a:D:\b'`,
      { volumes: [{ source: String.raw`C:\a`, target: String.raw`D:\b` }] }
    ],
    [
      '--mount type=bind,src=/a,dst=/b,ro,bind-propagation=rslave',
      {
        mounts: [
          { type: 'bind', source: '/a', target: '/b', readOnly: true, bindPropagation: 'rslave' }
        ]
      }
    ],
    [
      `--mount 'type=volume,"source=a,b",target=/b,volume-opt=o=addr=1,volume-nocopy'`,
      {
        mounts: [
          {
            type: 'volume',
            source: 'a,b',
            target: '/b',
            volumeOptions: [{ name: 'o', value: 'addr=1' }],
            volumeNoCopy: true
          }
        ]
      }
    ],
    [
      '--mount type=tmpfs,target=/t,tmpfs-size=1m,tmpfs-mode=1777',
      { mounts: [{ type: 'tmpfs', target: '/t', tmpfsSize: MIB, tmpfsMode: 0o1777 }] }
    ],
    ['--tmpfs /t:size=1m', { tmpfs: [{ target: '/t', options: 'size=1m' }] }],
    [
      '--net a --network name=b,alias=c,ip=10.0.0.9,driver-opt=x=y',
      {
        networks: [
          { name: 'a' },
          { name: 'b', aliases: ['c'], ip: '10.0.0.9', driverOptions: [{ name: 'x', value: 'y' }] }
        ]
      }
    ],
    ['--restart on-failure:3', { restart: { policy: 'on-failure', maximumRetries: 3 } }],
    ['-m 512m --memory-swap -1', { memory: 512 * MIB, memorySwap: -1 }],
    ['--shm-size 1.5GiB', { shmSize: 1536 * MIB }],
    ['--cpus .5 -c 0x10', { cpus: 0.5, cpuShares: 16 }],
    ['--health-cmd x --health-interval 1m30s', { healthCommand: 'x', healthInterval: 90e9 }],
    ['--gpus all', { gpus: [{ count: -1 }] }],
    [
      `--gpus '"device=0,1",driver=nvidia'`,
      { gpus: [{ deviceIds: ['0', '1'], driver: 'nvidia' }] }
    ],
    ['--device /dev/a:r', { devices: [{ hostPath: '/dev/a', permissions: 'r' }] }],
    ['--device nvidia.com/gpu=all', { devices: [{ hostPath: 'nvidia.com/gpu=all' }] }],
    ['--ulimit nofile=1:2', { ulimits: [{ name: 'nofile', soft: 1, hard: 2 }] }],
    ['--device-read-bps /dev/a:1mb', { deviceReadBps: [{ path: '/dev/a', rate: MIB }] }],
    ['--add-host a=[::1]', { addHosts: [{ host: 'a', address: '::1' }] }],
    ['--add-host a:host-gateway', { addHosts: [{ host: 'a', address: 'host-gateway' }] }],
    ['--entrypoint=', { entrypoint: '' }],
    ['-a STDOUT', { attach: ['stdout'] }],
    ['-h host -u 1:2 -w /w', { hostname: 'host', user: '1:2', workdir: '/w' }]
  ])('reads %s', (flags, expected) => {
    expect(read(flags)).toEqual(expected)
  })

  it('reads no flag after the image', () => {
    const { spec } = parseRunLine('docker run --rm busybox -d --rm -p x')
    expect(spec).toEqual({ rm: true, image: 'busybox', command: ['-d', '--rm', '-p', 'x'] })
  })

  it('takes what follows -- for the image', () => {
    expect(parseRunLine('docker run --rm -- busybox -x').spec).toEqual({
      rm: true,
      image: 'busybox',
      command: ['-x']
    })
  })

  it.each([
    '$ docker run x:1',
    'sudo docker run x:1',
    'docker container run x:1',
    '/usr/bin/docker run x:1',
    '# docker run x:1',
    '#docker run \\\n# x:1',
    'PS C:\\> docker run x:1',
    'C:\\Users\\me>docker run x:1',
    '> sudo docker run x:1'
  ])('finds the run in %j', (line) => {
    expect(parseRunLine(line)).toEqual({ spec: { image: 'x:1' }, problems: [] })
  })

  it.each<[line: string, kind: string, text: string, message: RegExp]>([
    ['podman run busybox', 'not-understood', 'podman', /for podman/],
    ['docker -H x run busybox', 'not-understood', '-H x', /docker itself/],
    ['FOO=1 docker run busybox', 'not-understood', 'FOO=1', /left out/],
    ['docker run busybox && rm x', 'not-understood', 'rm x', /left out/],
    ['docker run busybox > /x', 'not-understood', '> /x', /redirection/],
    ['docker ps', 'not-understood', 'docker ps', /not a docker run line/],
    ['docker run --foo=1 busybox', 'not-understood', '--foo=1', /unknown flag: --foo/],
    ['docker run --foo 1 --rm busybox', 'not-understood', '--foo 1', /unknown flag: --foo/],
    ['docker run -iXt busybox', 'not-understood', '-iXt', /unknown shorthand flag: 'X'/],
    ['docker run --name', 'invalid', '--name', /needs an argument/],
    ['docker run', 'invalid', '', /needs an image/],
    ['docker run Bad:x:y', 'invalid', 'Bad:x:y', /invalid reference/],
    ['docker run -p abc:80 busybox', 'invalid', '-p abc:80', /invalid hostPort: abc/],
    ['docker run -p 80:99999 busybox', 'invalid', '-p 80:99999', /invalid containerPort/],
    ['docker run -p 80-81:80-85 busybox', 'invalid', '-p 80-81:80-85', /invalid ranges/],
    ['docker run -p localhost:80:80 busybox', 'invalid', '-p localhost:80:80', /invalid IP/],
    ['docker run -m lots busybox', 'invalid', '-m lots', /invalid size: 'lots'/],
    ['docker run --restart sometimes busybox', 'invalid', '--restart sometimes', /unknown policy/],
    ['docker run --rm --restart always busybox', 'invalid', '--rm --restart', /conflicting/],
    ['docker run -d -a stdin busybox', 'invalid', '--detach --attach', /conflicting/],
    [
      'docker run --no-healthcheck --health-cmd x busybox',
      'invalid',
      '--no-healthcheck',
      /conflicts/
    ],
    [
      'docker run --mount type=bind,dst=/a,tmpfs-size=1 busybox',
      'invalid',
      '--mount type=bind,dst=/a,tmpfs-size=1',
      /cannot mix 'tmpfs/
    ],
    [
      'docker run --network a --network host busybox',
      'invalid',
      '--network',
      /user-defined and non/
    ],
    ['docker run --rm=maybe busybox', 'invalid', '--rm=maybe', /neither true nor false/],
    ['docker run --name a --name b busybox', 'overridden', '--name a', /given again/],
    ['docker run -v $PWD:/x busybox', 'not-expanded', '$PWD', /would replace/]
  ])('of %j says %s: %s', (line, kind, text, message) => {
    const { problems } = parseRunLine(line)
    expect(problems).toContainEqual(
      expect.objectContaining({ kind, text, message: expect.stringMatching(message) as string })
    )
  })

  it('keeps what it cannot read for the line that is printed', () => {
    const { spec } = parseRunLine('docker run --foo 1 --rm -p x:y busybox')
    expect(runCommand(spec)).toBe('docker run --rm --foo=1 --publish x:y busybox')
    expect(parseRunLine(runCommand(spec)).spec).toEqual(spec)
  })

  it('takes a variable’s value from the line’s own environment', () => {
    const { spec, problems } = parseRunLine('A=1 docker run -e A -e B busybox')
    expect(spec.env).toEqual([{ name: 'A', value: '1' }, { name: 'B' }])
    expect(problems).toEqual([])
  })

  it('says where in the line each problem is', () => {
    const line = 'docker run -p x:80 -v "$PWD":/x busybox'
    const spans = parseRunLine(line).problems.map(({ span }) => line.slice(span?.start, span?.end))
    expect(spans).toEqual(['-p x:80', '$PWD'])
  })
})
