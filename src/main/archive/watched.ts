import type { TaskControl } from '../bridge/tasks'
import type { Transfer } from './save-whole'

/** A task’s transfer: its task tells how far it is, of about `totalBytes` where that is known. */
export function watchedBy(control: TaskControl, totalBytes: number | undefined): Transfer {
  let bytes = 0
  return {
    signal: control.signal,
    onBytes: (count) => {
      bytes += count
      const fraction = totalBytes ? Math.min(1, bytes / totalBytes) : undefined
      const line = totalBytes ? `${megabytes(bytes)} / ${megabytes(totalBytes)}` : megabytes(bytes)
      control.progress({ line, ...(fraction !== undefined && { fraction }) })
    }
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
