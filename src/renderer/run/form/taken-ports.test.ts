import { expect, it } from 'vitest'
import type { Container, PortBinding } from '../../../shared/containers/model'
import { publish } from '../../../shared/run/codec-network'
import { takenPort } from './taken-ports'

function container(name: string, port: PortBinding, state: Container['state'] = 'running') {
  return { id: name, name, state, ports: [port] } as unknown as Container
}

const web = container('web', {
  containerPort: 80,
  protocol: 'tcp',
  hostPort: 8080,
  hostIp: '0.0.0.0'
})
const local = container('local', {
  containerPort: 80,
  protocol: 'tcp',
  hostPort: 9090,
  hostIp: '127.0.0.1'
})

it.each([
  ['8080:80', 'web'],
  ['127.0.0.1:8080:80', 'web'],
  ['8075-8085:8075-8085', 'web'],
  ['9090:80', 'local'],
  ['127.0.0.2:9090:80', undefined],
  ['8080:80/udp', undefined],
  ['8081:80', undefined],
  ['80', undefined],
  // The engine may choose another one of these.
  ['8080-8090:80', undefined]
])('%s is taken by %s', (text, by) => {
  expect(takenPort(publish.read(text), [web, local])?.by).toBe(by)
})

it('is not taken by one that has ended, nor by the one that is changed', () => {
  const ended = container('web', { containerPort: 80, protocol: 'tcp', hostPort: 8080 }, 'exited')
  expect(takenPort(publish.read('8080:80'), [ended])).toBeUndefined()
  expect(takenPort(publish.read('8080:80'), [web], 'web')).toBeUndefined()
})
