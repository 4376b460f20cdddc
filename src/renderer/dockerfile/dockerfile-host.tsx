import { lazy, Suspense } from 'react'
import { useOpenFile, useStarterWish } from '../app/open-dockerfile'

/** The editor is a large script: it is there when the first file is opened, and not before. */
const DockerfileDialog = lazy(() =>
  import('./dockerfile-dialog').then((m) => ({ default: m.DockerfileDialog }))
)
const StarterDialog = lazy(() =>
  import('./starter-dialog').then((m) => ({ default: m.StarterDialog }))
)

/** The place of the Dockerfile editor, and of the first Dockerfile of a folder; one in the window. */
export function DockerfileHost() {
  const { file } = useOpenFile()
  const { wish } = useStarterWish()
  return (
    <Suspense fallback={null}>
      {file && <DockerfileDialog key={file.path} file={file} />}
      {wish && <StarterDialog key={wish.folder} wish={wish} />}
    </Suspense>
  )
}
