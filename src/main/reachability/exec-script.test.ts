import { expect, it } from 'vitest'
import { execScript, parseExecOutput } from './exec-script'

it('asks addresses and names at once, and no ports', () => {
  const script = execScript(['ping=10.0.0.2', 'name=db', "name=it's", 'tcp=10.0.0.2:80'])
  expect(script.split('\n').slice(2)).toEqual([
    "p 0 ping -c 1 -W 2 '10.0.0.2' &",
    "p 1 timeout 2 ping -c 1 -W 1 'db' &",
    String.raw`p 2 timeout 2 ping -c 1 -W 1 'it'\''s' &`,
    'wait'
  ])
})

it('reads what busybox and iputils say', () => {
  const tasks = [...Array<string>(6).fill('ping=10.0.0.2'), ...Array<string>(5).fill('name=db')]
  const text = [
    '@0 0 PING 10.0.0.2 (10.0.0.2): 56 data bytes 64 bytes from 10.0.0.2: seq=0 ttl=64 time=0.107 ms',
    '@1 1 PING 10.0.0.2 (10.0.0.2): 56 data bytes --- 1 packets transmitted, 0 packets received',
    '@2 1 PING 10.0.0.2 (10.0.0.2): 56 data bytes ping: sendto: Network is unreachable',
    '@3 1 ping: permission denied (are you root?)',
    '@4 127 sh: ping: not found',
    '@5 0 64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=12 ms 1 packets transmitted, 1 received',
    '@6 1 PING db (10.0.0.2) 56(84) bytes of data. 1 packets transmitted, 0 received',
    "@7 1 ping: bad address 'db'",
    '@8 143',
    '@9 2 ping: db: Name or service not known',
    '@10 127 sh: timeout: not found',
    'noise',
    '@77 0 time=1 ms'
  ].join('\n')
  expect([...parseExecOutput(text, tasks).values()]).toEqual([
    { task: 0, outcome: 'answered', rttUs: 107 },
    { task: 1, outcome: 'timeout' },
    { task: 2, outcome: 'unreachable' },
    { task: 3, outcome: 'denied' },
    { task: 5, outcome: 'answered', rttUs: 12_000 },
    { task: 6, outcome: 'resolved', addresses: ['10.0.0.2'] },
    { task: 7, outcome: 'not-found' },
    { task: 8, outcome: 'failed' },
    { task: 9, outcome: 'not-found' }
  ])
})
