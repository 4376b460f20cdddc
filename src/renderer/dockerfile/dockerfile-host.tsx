import { lazy, Suspense } from 'react'
import { useOpenFile } from '../app/open-dockerfile'

/** The editor is a large script: it is there when the first file is opened, and not before. */
const DockerfileDialog = lazy(() =>
  import('./dockerfile-dialog').then((m) => ({ default: m.DockerfileDialog }))
)

/** The place of the Dockerfile editor; one in the window. */
export function DockerfileHost() {
  const { file } = useOpenFile()
  if (!file) return null
  return (
    <Suspense fallback={null}>
      <DockerfileDialog key={file.path} file={file} />
    </Suspense>
  )
}
