import { describe, expect, it } from 'vitest'
import { parseArguments } from './arguments'

describe('parseArguments', () => {
  it.each([
    [[], { smoke: false, keepPrivateEngine: false }],
    [['--smoke', '--private-engine'], { smoke: true, privateEngine: 'isolated' }],
    [['--private-engine=host'], { privateEngine: 'host' }],
    [['--host', 'tcp://x:1'], { host: 'tcp://x:1' }],
    [['--host=unix:///s'], { host: 'unix:///s' }],
    [['build', 'my app'], { intent: { kind: 'build', path: '/home/me/my app' } }],
    [['.', '--no-sandbox', 'build', '/abs'], { intent: { kind: 'build', path: '/abs' } }],
    [['build', '..'], { intent: { kind: 'build', path: '/home' } }]
  ])('reads %j', (argv, expected) => {
    expect(parseArguments(argv, '/home/me')).toMatchObject(expected)
  })

  it('asks for nothing with a build that names no folder', () => {
    expect(parseArguments(['build'], '/')).not.toHaveProperty('intent')
  })
})
