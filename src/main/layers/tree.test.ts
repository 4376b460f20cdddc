import { describe, expect, it } from 'vitest'
import type { FilesView } from '../../shared/layers/files-model'
import type { LayerEntry } from './layer-entries'
import { FileTree } from './tree'
import { FilesReader } from './view'

function file(path: string, sizeBytes = 1, more: Partial<LayerEntry> = {}): LayerEntry {
  return { path, what: 'file', mode: 0o644, sizeBytes, modifiedAtMs: 0, uid: 0, gid: 0, ...more }
}
const folder = (path: string, more: Partial<LayerEntry> = {}): LayerEntry =>
  file(path, 0, { what: 'folder', mode: 0o755, ...more })
const gone = (path: string): LayerEntry => file(path, 0, { what: 'gone' })
const emptied = (path: string): LayerEntry => file(path, 0, { what: 'emptied' })

function treeOf(...layers: LayerEntry[][]): FileTree {
  const tree = new FileTree()
  for (const layer of layers) tree.addLayer(layer)
  return tree
}

/** Every path that a view shows, with what happened to it: `+ path`, `~ path`, `- path`, `  path`. */
function shown(tree: FileTree, view: Partial<FilesView>): string[] {
  const reader = new FilesReader(tree)
  const whole: FilesView = { layer: 0, scope: 'layer', changes: [], ...view }
  const marks = { added: '+', changed: '~', removed: '-' }
  function walk(node: number, path: string): string[] {
    return reader.folder(whole, node).files.flatMap((each) => {
      const own = `${path}/${each.name}`
      return [
        `${each.change ? marks[each.change] : ' '} ${own}`,
        ...(each.hasChildren ? walk(each.node, own) : [])
      ]
    })
  }
  return walk(0, '')
}

const summary = (tree: FileTree) =>
  new FilesReader(tree).summary(Array.from({ length: tree.layerCount }, (_, at) => `d${at}`))

describe('the files of layers upon one another', () => {
  const tree = treeOf(
    [
      folder('etc'),
      file('etc/a', 10),
      file('etc/b', 20),
      folder('srv/deep'),
      file('srv/deep/x', 5)
    ],
    [folder('etc'), file('etc/a', 11), gone('etc/b'), file('new/c', 3)],
    [gone('srv'), file('etc/b', 1)]
  )

  it('are what a layer changed', () => {
    expect(shown(tree, { layer: 0 })).toEqual([
      '+ /etc',
      '+ /etc/a',
      '+ /etc/b',
      '+ /srv',
      '+ /srv/deep',
      '+ /srv/deep/x'
    ])
    expect(shown(tree, { layer: 1 })).toEqual([
      '  /etc',
      '~ /etc/a',
      '- /etc/b',
      '+ /new',
      '+ /new/c'
    ])
    expect(shown(tree, { layer: 2 })).toEqual([
      '  /etc',
      '+ /etc/b',
      '- /srv',
      '- /srv/deep',
      '- /srv/deep/x'
    ])
  })

  it('are all that is there as of a layer, with what it has just removed', () => {
    expect(shown(tree, { layer: 2, scope: 'all' })).toEqual([
      '  /etc',
      '  /etc/a',
      '+ /etc/b',
      '  /new',
      '  /new/c',
      '- /srv',
      '- /srv/deep',
      '- /srv/deep/x'
    ])
    expect(shown(tree, { layer: 1, changes: ['removed'] })).toEqual(['  /etc', '- /etc/b'])
  })

  it('are counted, and what is in the image for nothing is added up', () => {
    expect(summary(tree)).toMatchObject({
      layers: [
        { digest: 'd0', counts: { added: 6, changed: 0, removed: 0 }, wastedBytes: 35 },
        { counts: { added: 2, changed: 1, removed: 1 }, wastedBytes: 0 },
        { counts: { added: 1, changed: 0, removed: 3 }, wastedBytes: 0 }
      ],
      pathCount: 5,
      wastedBytes: 35,
      wasted: [
        { path: '/etc/b', bytes: 20, layers: [0, 1, 2], isGone: false },
        { path: '/etc/a', bytes: 10, layers: [0, 1] },
        { path: '/srv/deep/x', bytes: 5, isGone: true }
      ]
    })
  })

  it('have the sizes of what is below, and what it was before', () => {
    const reader = new FilesReader(tree)
    const view: FilesView = { layer: 1, scope: 'all', changes: [] }
    const etc = reader.folder(view, 0).files[0]
    expect(etc).toMatchObject({ sizeBytes: 11, inside: { added: 0, changed: 1, removed: 1 } })
    expect(reader.folder(view, etc?.node ?? -1).files[0]).toMatchObject({
      name: 'a',
      before: { sizeBytes: 10, mode: 0o644 }
    })
  })

  it('are found by a part of their path', () => {
    const found = new FilesReader(tree).find({ layer: 1, scope: 'all', changes: [] }, 'ETC/')
    expect(found.files.map(({ name }) => name)).toEqual(['/etc/a', '/etc/b'])
    expect(found.total).toBe(2)
  })

  it('that a folder is emptied of go, also where the word comes after what is new', () => {
    const emptiedTree = treeOf(
      [folder('d'), file('d/old', 7), folder('d/sub'), file('d/sub/x', 1)],
      [folder('d'), file('d/new', 1), emptied('d')]
    )
    expect(shown(emptiedTree, { layer: 1, scope: 'all' })).toEqual([
      '  /d',
      '- /d/sub',
      '- /d/sub/x',
      '+ /d/new',
      '- /d/old'
    ])
    expect(summary(emptiedTree).wastedBytes).toBe(8)
  })

  it('that are taken away and brought again in one layer are changed, and wasted once', () => {
    const again = treeOf([file('d/x', 7)], [emptied('d'), file('d/x', 8)])
    expect(shown(again, { layer: 1 })).toEqual(['  /d', '~ /d/x'])
    expect(summary(again).wastedBytes).toBe(7)
  })

  it('become folders, and folders files', () => {
    const turned = treeOf(
      [file('a', 3), folder('b'), file('b/c', 4)],
      [folder('a'), file('a/x', 1), file('b', 2)]
    )
    expect(shown(turned, { layer: 1 })).toEqual(['~ /a', '+ /a/x', '~ /b', '- /b/c'])
    expect(summary(turned).wastedBytes).toBe(7)
  })

  it('of a folder whose rights change are changed; named on the way, it is not', () => {
    const rights = treeOf(
      [folder('a'), folder('b')],
      [folder('a', { modifiedAtMs: 9 }), folder('b', { mode: 0o700 })]
    )
    expect(shown(rights, { layer: 1 })).toEqual(['~ /b'])
  })

  it('keep names that are no text, and links', () => {
    const odd = treeOf([
      file('bad\u00ff', 1),
      file('hard', 0, { isHardLink: true, linkTarget: 'bad\u00ff' }),
      file('soft', 0, { what: 'link', linkTarget: '../x' })
    ])
    const view: FilesView = { layer: 0, scope: 'layer', changes: [] }
    expect(new FilesReader(odd).folder(view, 0).files).toMatchObject([
      { name: 'bad\ufffd', kind: 'file' },
      { name: 'hard', isHardLink: true, linkTarget: 'bad\ufffd' },
      { name: 'soft', kind: 'link', linkTarget: '../x' }
    ])
  })
})
