import { useEffect, useRef, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { LocalText } from '../../shared/dockerfile/model'
import { call, errorOf } from '../bridge/client'

/** A local file under edit. */
export interface LocalFile {
  /** As it was read or saved last; absent until it is there. */
  readonly base: LocalText | undefined
  readonly text: string
  readonly isDirty: boolean
  readonly isBusy: boolean
  readonly error: ErrorData | undefined
  /** Somebody else has written it since; null: it is gone. */
  readonly conflict: { readonly theirs: LocalText | null } | undefined
  /** Grows with each text that did not come from typing: the editor begins anew. */
  readonly version: number
  readonly setText: (text: string) => void
  /** True where it was saved. With `overwrite` whatever lies there is replaced. */
  readonly save: (overwrite?: boolean) => Promise<boolean>
  readonly takeTheirs: () => void
}

/** Reads a file, keeps what is typed, and saves it, never over what somebody else has written. */
export function useLocalFile(path: string): LocalFile {
  const [base, setBase] = useState<LocalText>()
  const [text, setText] = useState('')
  const [version, setVersion] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const [conflict, setConflict] = useState<LocalFile['conflict']>()
  const busyRef = useRef(false)

  function begin(file: LocalText): void {
    setBase(file)
    setText(file.text)
    setVersion((now) => now + 1)
    setConflict(undefined)
  }

  useEffect(() => {
    let isGone = false
    call('dockerfile.read', { path }).then(
      (file) => !isGone && begin(file),
      (thrown: unknown) => !isGone && setError(errorOf(thrown))
    )
    return () => {
      isGone = true
    }
  }, [path])

  async function save(overwrite = false): Promise<boolean> {
    if (busyRef.current || !base) return false
    busyRef.current = true
    setBusy(true)
    setError(undefined)
    try {
      const { lineEnd, hasBom, sha256 } = base
      const outcome = await call('dockerfile.save', {
        path,
        text,
        lineEnd,
        hasBom,
        ...(!overwrite && { expected: sha256 })
      })
      if (outcome.kind === 'conflict') setConflict({ theirs: outcome.theirs })
      else {
        setBase(outcome.file)
        setConflict(undefined)
      }
      return outcome.kind === 'saved'
    } catch (thrown) {
      setError(errorOf(thrown))
      return false
    } finally {
      busyRef.current = false
      setBusy(false)
    }
  }

  return {
    base,
    text,
    isDirty: base !== undefined && text !== base.text,
    isBusy,
    error,
    conflict,
    version,
    setText,
    save,
    takeTheirs: () => {
      if (conflict?.theirs) begin(conflict.theirs)
    }
  }
}
