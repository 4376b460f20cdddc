import { PortolanError } from '../../shared/bridge/errors'
import { pairCommands } from '../../shared/reachability/command'
import {
  isolationOf,
  pathNetworks,
  type FileText,
  type PairDepth,
  type PairEnd
} from '../../shared/reachability/depth'
import type { PairResult } from '../../shared/reachability/model'
import type { Node, Topology } from '../../shared/reachability/topology'
import { readTar } from '../tar/reader'
import type { Engine } from '../engine/engine'
import type { Measuring } from './measuring'
import { measurePairs, type SweepContainer } from './operations'
import { readTopology } from './topology'

const OPERATION = 'reachability.pair'
/** Far more than a hosts file of a thousand names. */
const MOST_FILE_BYTES = 64 * 1024

/** What is to be looked at. */
export interface DepthOptions extends Measuring {
  readonly source: SweepContainer
  readonly target: SweepContainer
  /** TCP ports to ask. */
  readonly ports: readonly number[]
}

/**
 * Measures one ordered pair and reads what its ends and networks say of it.
 * Source: as {@link measurePairs}, and `GET /containers/{id}/archive`. Errors: as {@link measurePairs}.
 */
export async function lookClosely(options: DepthOptions): Promise<PairDepth> {
  const { engine, source, target, ports, signal } = options
  const members = [source, target]
  const topology = await readTopology(engine, members, signal)
  const pair = { sourceId: source.id, targetId: target.id }
  const measured: PairResult[] = []
  const [ourFiles, theirFiles] = await Promise.all([
    readFiles(engine, source.id),
    readFiles(engine, target.id),
    measurePairs(options, members, topology, { pairs: [pair], ports, names: 'all' }, (result) =>
      measured.push(result)
    )
  ])
  const [result] = measured
  const [ours, theirs] = [topology.nodes.get(source.id), topology.nodes.get(target.id)]
  if (!result || !ours || !theirs) {
    throw new PortolanError({ code: 'internal', message: 'The pair was not measured.' })
  }
  return {
    result,
    source: toEnd(ours, theirs, topology, ourFiles),
    target: toEnd(theirs, ours, topology, theirFiles),
    isolation: isolationOf(ours, theirs, topology),
    commands: pairCommands(ours, theirs, result)
  }
}

type Files = Pick<PairEnd, 'hosts' | 'resolver'>

function toEnd(node: Node, other: Node, topology: Topology, files: Files): PairEnd {
  return {
    containerId: node.id,
    name: node.name,
    networks: pathNetworks(node, other, topology),
    ...files,
    exposedPorts: node.exposedPorts
  }
}

async function readFiles(engine: Engine, id: string): Promise<Files> {
  const [hosts, resolver] = await Promise.all([
    readSmallFile(engine, id, '/etc/hosts'),
    readSmallFile(engine, id, '/etc/resolv.conf')
  ])
  return { hosts, resolver }
}

/** Reads a file as `docker cp` does: no shell is needed, and the container need not run. */
async function readSmallFile(engine: Engine, id: string, path: string): Promise<FileText> {
  try {
    return await engine.do({ operation: OPERATION }, async (docker) => {
      const archive = await docker.getContainer(id).getArchive({ path })
      for await (const { type, content } of readTar(archive as AsyncIterable<Uint8Array>)) {
        if (type !== '0') break
        return await readText(content)
      }
      return { absent: 'unreadable' }
    })
  } catch (thrown) {
    if (!(thrown instanceof PortolanError)) throw thrown
    const { code, engineMessage, message } = thrown.data
    if (code === 'engine-unreachable' || code === 'internal') throw thrown
    if (code === 'not-found') return { absent: 'not-there' }
    return { absent: 'unreadable', detail: engineMessage ?? message }
  }
}

async function readText(content: AsyncIterable<Uint8Array>): Promise<FileText> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of content) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MOST_FILE_BYTES) return { text: text.slice(0, MOST_FILE_BYTES), isCut: true }
  }
  return { text: text + decoder.decode(), isCut: false }
}
