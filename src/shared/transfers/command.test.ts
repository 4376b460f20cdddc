import { describe, expect, it } from 'vitest'
import { formatCommand } from '../command/quote'
import { transferCommands as commands } from './command'
import { transfers } from './contract'

describe('transferCommands', () => {
  it('write what a person would', () => {
    const id = `sha256:${'a'.repeat(64)}`
    expect(
      [
        commands.save('/home/me/my web.tar', ['web:1', 'web:2', id]),
        commands.load('/tmp/web.tar'),
        commands.import('/tmp/root.tar', { changes: [] }),
        commands.import('/tmp/root.tar', {
          reference: 'my/root:1',
          changes: ['CMD ["sh"]', 'ENV A=b'],
          message: 'from a disk'
        }),
        commands.export('/tmp/web.tar', 'web')
      ].map(formatCommand)
    ).toEqual([
      "docker save --output '/home/me/my web.tar' web:1 web:2 aaaaaaaaaaaa",
      'docker load --input /tmp/web.tar',
      'docker import /tmp/root.tar',
      `docker import --change 'CMD ["sh"]' --change 'ENV A=b' --message 'from a disk' /tmp/root.tar my/root:1`,
      'docker export --output /tmp/web.tar web'
    ])
  })
})

describe('the calls', () => {
  const id = 'e'
  it.each([
    ['save', { endpointId: id, references: [] }],
    ['save', { endpointId: id, references: ['../x'] }],
    ['save', { endpointId: id, references: ['web'], localPath: '/etc/passwd' }],
    ['load', { endpointId: id, localPath: '' }],
    ['load', { endpointId: id, localPath: 'a\0b' }],
    ['import', { endpointId: id, localPath: '/x', changes: ['CMD a\nRUN b'] }],
    ['import', { endpointId: id, localPath: '/x', reference: '-x' }],
    ['export', { endpointId: id, containerId: '../../etc' }]
  ] as const)('%s refuses %j', (verb, input) => {
    expect(transfers[verb].input.safeParse(input).success).toBe(false)
  })
})
