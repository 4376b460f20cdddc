import { describe, expect, it } from 'vitest'
import { shellCommand } from './command'

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
