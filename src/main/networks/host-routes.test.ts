import { describe, expect, it } from 'vitest'
import { parseIpv6Routes, parseRoutes, routesBeside } from './host-routes'

const ROUTES = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
eth0	00000000	0101A8C0	0003	0	0	100	00000000	0	0	0
docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
eth0	0001A8C0	00000000	0001	0	0	100	00FFFFFF	0	0	0
tun0	0000000A	00000000	0001	0	0	50	000000FF	0	0	0
`

const IPV6_ROUTES = `fd0000050000000000000000000000000 40 00 00 x
fd000005000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe800000000000000000000000000001 00000400 00000001 00000000 00000003     eth0
fd000005000000000000000000000009 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000000 00000002 00000000 80200001     eth0
ff000000000000000000000000000000 08 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000003 00000000 00000001     eth0
`

describe('the routes of the machine', () => {
  it('are read from the kernel’s tables, the default route left out', () => {
    expect(parseRoutes(ROUTES)).toEqual([
      { range: '172.17.0.0/16', device: 'docker0' },
      { range: '192.168.1.0/24', device: 'eth0' },
      { range: '10.0.0.0/8', device: 'tun0' }
    ])
    expect(parseIpv6Routes(IPV6_ROUTES)).toEqual([
      { range: 'fd00:0005:0000:0000:0000:0000:0000:0000/64', device: 'eth0' }
    ])
    expect(parseRoutes('')).toEqual([])
    expect(parseIpv6Routes('')).toEqual([])
  })

  it('are told without docker’s own', () => {
    const bridge = { id: 'a'.repeat(64), name: 'bridge' }
    expect(routesBeside([bridge], parseRoutes(ROUTES)).map(({ device }) => device)).toEqual([
      'eth0',
      'tun0'
    ])
  })

  it('say nothing where the engine’s bridges are not among them', () => {
    const named = {
      id: 'b'.repeat(64),
      name: 'bridge',
      options: { 'com.docker.network.bridge.name': 'docker7' }
    }
    expect(routesBeside([named], parseRoutes(ROUTES))).toEqual([])
  })
})
