import { describe, expect, it } from 'vitest'
import { attachCommand, shellCommand } from './command'

describe('shellCommand', () => {
  it('is what the docker CLI takes', () => {
    expect(shellCommand({ container: 'web' })).toEqual(['docker', 'exec', '-it', 'web', 'sh'])
  })

  it('puts user and folder before the container, and the shell after it', () => {
    expect(
      shellCommand({ container: 'web', user: '1000:1000', workingDir: '/a b', shell: '/bin/zsh' })
    ).toEqual([
      'docker',
      'exec',
      '-it',
      '--user',
      '1000:1000',
      '--workdir',
      '/a b',
      'web',
      '/bin/zsh'
    ])
  })
})

describe('attachCommand', () => {
  it('attaches, or starts and attaches, with input where it is taken', () => {
    const container = 'web'
    expect(attachCommand({ container, start: false, stdin: true })).toEqual([
      'docker',
      'attach',
      'web'
    ])
    expect(attachCommand({ container, start: true, stdin: true })[2]).toBe('-ai')
    expect(attachCommand({ container, start: true, stdin: false })[2]).toBe('-a')
  })
})
