import { join } from 'node:path'
import { expect } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import type { Measuring } from '../../src/main/reachability/measuring'
import { sweep } from '../../src/main/reachability/operations'
import { parseAddress } from '../../src/shared/engines/address'
import { HELPER_LABEL } from '../../src/shared/reachability/helper'
import type { PairResult } from '../../src/shared/reachability/model'
import { docker, imageReference, runContainer, testEngine, uniqueName } from '../engine/context'
import type { Cleanup } from '../engine/context'

export const PROBE_FOLDER = join(import.meta.dirname, '../../resources/probe')
/** A first process that ends at once when it is told to. */
const STAY = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']

/** A container of a test. */
export interface Member {
  readonly id: string
  readonly name: string
}

export function connect(): Promise<Engine> {
  return Engine.connect('test', parseAddress(testEngine().dockerHost))
}

/** How to measure at the engine; without the helper unless it is asked for. */
export function measuringAt(engine: Engine, more: Partial<Measuring> = {}): Measuring {
  const { signal } = new AbortController()
  return { engine, probeFolder: PROBE_FOLDER, isHelperAllowed: false, signal, ...more }
}

/** A busybox of a unique name that stays. */
export function busybox(on: Cleanup, name: string, ...args: readonly string[]): Promise<Member> {
  const image = imageReference('busybox')
  return runContainer(on, { image, name: uniqueName(name), args, command: STAY })
}

/** A busybox that serves HTTP at 8080, and exposes it; resolves when it listens. */
export async function server(
  on: Cleanup,
  name: string,
  ...args: readonly string[]
): Promise<Member> {
  const member = await runContainer(on, {
    image: imageReference('busybox'),
    name: uniqueName(name),
    args: ['--expose', '8080', ...args],
    command: ['httpd', '-f', '-p', '8080']
  })
  await docker(['exec', member.id, 'sh', '-c', 'until netstat -ltn | grep -q :8080; do :; done'])
  return member
}

/** Every pair of the members, by `source target`; checks that each was told once. */
export async function sweepOf(
  measuring: Measuring,
  members: readonly Member[]
): Promise<Map<string, PairResult>> {
  const results = new Map<string, PairResult>()
  await sweep({
    ...measuring,
    containers: members.map(({ id, name }) => ({ id, name, state: 'running' as const })),
    onResult: (result) => results.set(`${result.sourceId} ${result.targetId}`, result)
  })
  expect(results.size).toBe(members.length * (members.length - 1))
  return results
}

export function pairOf(
  results: ReadonlyMap<string, PairResult>,
  source: Member,
  target: Member
): PairResult {
  const result = results.get(`${source.id} ${target.id}`)
  if (!result) throw new Error(`No result for ${source.name} > ${target.name}`)
  return result
}

/** The helper containers that the engine has, in whatever state. */
export async function helpersLeft(): Promise<string[]> {
  const format = '{{.Names}} {{.Status}}'
  const listed = await docker([
    'ps',
    '--all',
    '--filter',
    `label=${HELPER_LABEL}`,
    '--format',
    format
  ])
  return listed.split('\n').filter(Boolean)
}
