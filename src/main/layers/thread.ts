import { parentPort } from 'node:worker_threads'
import { toErrorData } from '../../shared/bridge/errors'
import { readImageArchive } from './archive'
import type { FromThread, ToThread } from './messages'
import { PieceQueue } from './piece-queue'
import { FileTree } from './tree'
import { FilesReader } from './view'

/*
 * The thread of one image: reads its archive as it comes, keeps the paths of all its layers, and answers questions about them as long
 * as it lives. Its memory is its own, and bounded.
 */

const pieces = new PieceQueue(() => say({ kind: 'taken' }))
let reader: FilesReader | undefined

function say(message: FromThread): void {
  parentPort?.postMessage(message)
}

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'piece') pieces.push(message.bytes)
  else if (message.kind === 'end') pieces.end()
  else if (reader) {
    const { id, question } = message
    const files =
      question.kind === 'folder'
        ? reader.folder(question.view, question.node)
        : reader.find(question.view, question.text)
    say({ kind: 'answer', id, files })
  }
})

async function read(): Promise<void> {
  const layers = await readImageArchive(pieces, () => say({ kind: 'layer' }))
  // What follows the archive's end is of no interest.
  pieces.ignoreRest()
  const tree = new FileTree()
  for (const { entries } of layers) tree.addLayer(entries)
  reader = new FilesReader(tree)
  say({ kind: 'read', summary: reader.summary(layers.map(({ digest }) => digest)) })
}

read().catch((thrown: unknown) => say({ kind: 'failed', error: toErrorData(thrown) }))
