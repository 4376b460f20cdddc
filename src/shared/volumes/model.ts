/** A volume as the lists know it. Source: `GET /volumes`. */
export interface Volume {
  readonly endpointId: string
  /** A volume's name is its id. */
  readonly id: string
  readonly driver: string
  readonly mountpoint: string
  /** The driver's options, as they were given when it was created. */
  readonly options: Readonly<Record<string, string>>
  readonly createdAtMs?: number
  readonly labels: Readonly<Record<string, string>>
}

/** True for a volume that nobody named: the engine made it for a container, and called it by 64 hexadecimal digits. */
export function isAnonymous({ id }: { readonly id: string }): boolean {
  return /^[a-f0-9]{64}$/.test(id)
}

/** How large the volumes are, as the engine counted. Source: `GET /system/df`. */
export interface VolumeSizes {
  readonly measuredAtMs: number
  /** By name; a volume whose driver cannot tell is absent. */
  readonly bytes: Readonly<Record<string, number>>
}

/** What was found in a volume, as far as it was looked into. */
export interface VolumeContents {
  readonly files: number
  readonly folders: number
  /** Bytes of the files' contents. */
  readonly bytes: number
  /** The file that was written last; its path begins at the volume, as bytes (see `files/model`). */
  readonly newest?: { readonly path: string; readonly modifiedAtMs: number }
  /** False where it was given up after the bytes or the time that it may take: there is more. */
  readonly complete: boolean
}

/** Who mounted a volume last, as far as this app has seen it. */
export interface VolumeUse {
  /** The container's name as it was then. */
  readonly container: string
  readonly image: string
  readonly atMs: number
}

/** What a backup ended with: a task's result. */
export interface BackupResult {
  readonly files: number
  /** Bytes of the archive before it was compressed. */
  readonly archiveBytes: number
  /** Bytes of the compressed file. */
  readonly writtenBytes: number
}

/** What a restoration or a clone ended with: a task's result. */
export interface RestoreResult {
  readonly files: number
  /** Bytes of the files' contents. */
  readonly bytes: number
}
