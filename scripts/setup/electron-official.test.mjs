import { describe, expect, it } from 'vitest'
import { installerEnvironment, reasonIn } from './electron-official.mjs'

describe('reasonIn', () => {
  it('finds the line that says what happened', () => {
    const stack =
      'TypeError: fetch failed\n    at node:internal/deps/undici:1:2\n    at errorOf (x.js)\n'
    expect(reasonIn(stack)).toBe('TypeError: fetch failed')
    expect(reasonIn('Downloading 3%\nHTTPError: Response code 404\n    at y\n')).toBe(
      'HTTPError: Response code 404'
    )
  })

  it('makes do with what there is', () => {
    expect(reasonIn('\nKilled\n')).toBe('Killed')
    expect(reasonIn('')).toBe('it said nothing')
  })
})

describe('installerEnvironment', () => {
  it('asks for the proxy where one is set', () => {
    const env = installerEnvironment({ https_proxy: 'http://proxy.example:3128' }, '/tmp/x')
    expect(env).toMatchObject({ ELECTRON_GET_USE_PROXY: '1', NODE_USE_ENV_PROXY: '1' })
  })

  it('leaves everything else as it is', () => {
    const env = installerEnvironment({ ELECTRON_MIRROR: 'https://mirror.example/' }, '/tmp/x')
    expect(env).toEqual({
      ELECTRON_MIRROR: 'https://mirror.example/',
      TMPDIR: '/tmp/x',
      TEMP: '/tmp/x',
      TMP: '/tmp/x'
    })
  })
})
