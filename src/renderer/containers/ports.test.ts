import { describe, expect, it } from 'vitest'
import { portUrl } from './ports'

describe('portUrl', () => {
  it.each([
    [
      { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '0.0.0.0' },
      'http://engine:8080/'
    ],
    [{ containerPort: 443, protocol: 'tcp', hostPort: 8443, hostIp: '::' }, 'https://engine:8443/'],
    [
      { containerPort: 80, protocol: 'tcp', hostPort: 1, hostIp: '127.0.0.1' },
      'http://127.0.0.1:1/'
    ],
    [{ containerPort: 80, protocol: 'tcp', hostPort: 1, hostIp: 'fd00::1' }, 'http://[fd00::1]:1/'],
    [{ containerPort: 53, protocol: 'udp', hostPort: 53 }, undefined],
    [{ containerPort: 80, protocol: 'tcp' }, undefined]
  ])('of %j is %s', (port, url) => {
    expect(portUrl(port, 'engine')).toBe(url)
  })
})
