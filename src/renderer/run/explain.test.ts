import type { TFunction } from 'i18next'
import { describe, expect, it } from 'vitest'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Container } from '../../shared/containers/model'
import { explainRun } from './explain'

const t = ((key: string, values: object = {}) =>
  `${key} ${Object.values(values).join(' ')}`.trim()) as unknown as TFunction<'run'>

const web = {
  name: 'web',
  ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8080 }]
} as unknown as Container

function explained(engineMessage: string): ErrorData {
  return explainRun({ code: 'engine-failure', message: engineMessage, engineMessage }, [web], t)
}

describe('a refusal of the engine', () => {
  it.each([
    [
      'Conflict. The container name "/web" is already in use by container "1c". You have to remove (or rename) that container.',
      'errors.name web'
    ],
    [
      'driver failed programming external connectivity on endpoint x (1c): Bind for 0.0.0.0:8080 failed: port is already allocated',
      'errors.portBy 8080 web'
    ],
    [
      'driver failed programming external connectivity on endpoint x (1c): Error starting userland proxy: listen tcp4 0.0.0.0:22: bind: address already in use',
      'errors.port 22'
    ],
    [
      'invalid mount config for type "bind": bind source path does not exist: /no/such folder',
      'errors.source /no/such folder'
    ],
    ['network nowhere not found', 'errors.network nowhere'],
    [
      'OCI runtime create failed: container_linux.go: starting container process caused: exec: "nosuch": executable file not found in $PATH: unknown',
      'errors.program nosuch'
    ],
    ['unable to find user nobody2: no matching entries in passwd file', 'errors.user nobody2']
  ])('%s', (words, message) => {
    expect(explained(words)).toMatchObject({ message, engineMessage: words })
  })

  it('that is not known stays as it came', () => {
    expect(explained('something else').message).toBe('something else')
  })
})
