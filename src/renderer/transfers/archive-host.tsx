import { ArchiveDialog } from './archive-dialog'
import { closeArchives, useArchives } from './archive-store'

/** The place of the dialog; one in the window. */
export function ArchiveHost() {
  const { paths } = useArchives()
  if (paths.length === 0) return null
  return <ArchiveDialog key={paths.join('\0')} paths={paths} onClose={closeArchives} />
}
