import { useEffect, useMemo, useRef, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Image } from '../../shared/images/model'
import type { FilesView, LayerFile, LayerFiles } from '../../shared/layers/files-model'
import { call, errorOf } from '../bridge/client'

/** The number of the root's node. */
const ROOT = 0
/** Typing is not asked about letter by letter. */
const TYPING_MS = 150

/** One line of the tree. */
export interface TreeRow {
  readonly file: LayerFile
  /** From 0. */
  readonly level: number
  readonly isOpen: boolean
}

interface LayerTree {
  readonly rows: readonly TreeRow[]
  /** Paths that there are more than were sent. */
  readonly left: number
  readonly isReading: boolean
  readonly error: ErrorData | undefined
  readonly toggle: (file: LayerFile) => void
}

/** What was read for one view; another view is read anew. */
interface Loaded {
  readonly key: string
  readonly folders: ReadonlyMap<number, LayerFiles>
}

/** An image's files as a tree whose folders are read when they are opened, or, with a text, as the list of what was found. */
export function useLayerTree(image: Image, view: FilesView, text: string): LayerTree {
  const { endpointId, id: imageId } = image
  const key = JSON.stringify([imageId, view, text])
  const [loaded, setLoaded] = useState<Loaded>({ key: '', folders: new Map() })
  const [error, setError] = useState<ErrorData>()
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const asked = useRef({ key: '', nodes: new Set<number>() })
  const isCurrent = loaded.key === key
  useEffect(() => {
    if (asked.current.key !== key) asked.current = { key, nodes: new Set() }
    const { nodes } = asked.current
    const asking = { endpointId, imageId, view: { ...view, changes: [...view.changes] } }
    function take(node: number, reading: Promise<LayerFiles>): void {
      reading.then(
        (files) => {
          if (asked.current.key !== key) return
          setError(undefined)
          setLoaded((before) => ({
            key,
            folders: new Map([...(before.key === key ? before.folders : []), [node, files]])
          }))
        },
        (thrown: unknown) => asked.current.key === key && setError(errorOf(thrown))
      )
    }
    function readFolders(): void {
      for (const node of text === '' ? [ROOT, ...open] : []) {
        if (nodes.has(node)) continue
        nodes.add(node)
        take(node, call('layers.folder', { ...asking, node }))
      }
    }
    if (text === '') {
      readFolders()
      return undefined
    }
    const timer = setTimeout(() => {
      if (nodes.has(ROOT)) return
      nodes.add(ROOT)
      take(ROOT, call('layers.find', { ...asking, text }))
    }, TYPING_MS)
    return () => clearTimeout(timer)
    // `key` holds the view and the text.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [endpointId, key, open])
  const rows = useMemo(
    () => flatten(loaded.folders, text === '' ? open : new Set()),
    [loaded, open, text]
  )
  const root = loaded.folders.get(ROOT)
  return {
    rows,
    left: root ? root.total - root.files.length : 0,
    isReading: !isCurrent,
    error,
    toggle: ({ node }) => {
      const next = new Set(open)
      if (!next.delete(node)) next.add(node)
      setOpen(next)
    }
  }
}

function flatten(
  folders: ReadonlyMap<number, LayerFiles>,
  open: ReadonlySet<number>
): readonly TreeRow[] {
  const rows: TreeRow[] = []
  function add(node: number, level: number): void {
    for (const file of folders.get(node)?.files ?? []) {
      const isOpen = file.hasChildren && open.has(file.node)
      rows.push({ file, level, isOpen })
      if (isOpen) add(file.node, level + 1)
    }
  }
  add(ROOT, 0)
  return rows
}
