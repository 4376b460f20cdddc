import { expect, it } from 'vitest'
import { buildCommand } from './command'
import { buildOptions, builds } from './contract'
import type { BuildOptions } from './model'

const PLAIN: BuildOptions = {
  contextPath: '/home/ann/web',
  dockerfile: 'Dockerfile',
  tags: [],
  buildArgs: {},
  noCache: false,
  pull: false
}

it.each<[Partial<BuildOptions>, string]>([
  [{}, 'docker build /home/ann/web'],
  [{ tags: ['web:1', 'h:5000/web'] }, 'docker build --tag web:1 --tag h:5000/web /home/ann/web'],
  [{ dockerfile: 'docker/x' }, 'docker build --file /home/ann/web/docker/x /home/ann/web'],
  [{ dockerfile: '/etc/x y' }, "docker build --file '/etc/x y' /home/ann/web"],
  [{ contextPath: "/it's here/" }, String.raw`docker build '/it'\''s here/'`],
  [
    { target: 'a', buildArgs: { A: '1', B: 'x y$z', C: '' }, noCache: true, pull: true },
    "docker build --target a --build-arg A=1 --build-arg 'B=x y$z' --build-arg C= --no-cache --pull /home/ann/web"
  ],
  [
    { buildArgs: { NPM_TOKEN: 's3cr3t', AuthUser: 'x y', DB_PASSWORD: '', MODE: 'dev' } },
    'docker build --build-arg NPM_TOKEN --build-arg AuthUser --build-arg DB_PASSWORD= --build-arg MODE=dev /home/ann/web'
  ],
  [{ builder: 'classic' }, 'DOCKER_BUILDKIT=0 docker build --force-rm /home/ann/web'],
  [{ builder: 'buildkit' }, 'DOCKER_BUILDKIT=1 docker build /home/ann/web']
])('%j', (change, line) => {
  expect(buildCommand({ ...PLAIN, ...change })).toBe(line)
})

it.each(['API_TOKEN', 'client_secret', 'Passphrase', 'SSH_KEY', 'npm_auth', 'AWS_CREDENTIALS'])(
  'the value of %s is not in the line',
  (name) => {
    const line = buildCommand({ ...PLAIN, buildArgs: { [name]: 's3cr3t', VERSION: '1.2' } })
    expect(line).toBe(`docker build --build-arg ${name} --build-arg VERSION=1.2 /home/ann/web`)
  }
)

it('the contract takes what the model is', () => {
  const options: BuildOptions = buildOptions.parse({ ...PLAIN, tags: ['a:1'], target: 'x' })
  expect(options.target).toBe('x')
})

it.each([
  [{ tags: ['UPPER'] }],
  [{ tags: [`a@sha256:${'ab'.repeat(32)}`] }],
  [{ tags: Array.from({ length: 33 }, () => 'a') }],
  [{ contextPath: '' }],
  [{ contextPath: 'a\0b' }],
  [{ buildArgs: { 'A=B': '1' } }],
  [{ buildArgs: { A: 1 } }],
  [{ builder: 'buildx' }],
  [{ extra: 1 }]
])('the contract refuses %j', (change) => {
  expect(buildOptions.safeParse({ ...PLAIN, ...change }).success).toBe(false)
})

it('a path is all that is needed to look at it', () => {
  expect(builds.inspectPath.input.safeParse({ path: '/x' }).success).toBe(true)
  expect(builds.inspectPath.input.safeParse({ path: 3 }).success).toBe(false)
})
