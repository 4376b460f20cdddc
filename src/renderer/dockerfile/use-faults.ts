import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isLintable, lintDockerfile } from '../../shared/dockerfile/lint'
import type { DockerfileFault } from '../../shared/dockerfile/model'
import type { Mark } from './code-editor'

/** The faults of a text as the window shows them; after the typing, not with each key. `isChecked` is false of one that is too long. */
export function useFaults(
  text: string,
  isDockerfile: boolean
): { readonly marks: readonly Mark[]; readonly isChecked: boolean } {
  const { t } = useTranslation('dockerfile')
  const deferred = useDeferredValue(text)
  const faults = useMemo(
    () => (isDockerfile ? lintDockerfile(deferred) : []),
    [deferred, isDockerfile]
  )
  const marks = useMemo(
    () => faults.map((fault): Mark => ({ ...fault, message: wordsOf(fault) })),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- its words change with the language only
    [faults, t]
  )
  return { marks, isChecked: !isDockerfile || isLintable(deferred) }

  function wordsOf({ rule, subject }: DockerfileFault): string {
    // A rule that a newer library brings has no words of its own.
    return t(`rules.${rule as 'other'}`, { subject, defaultValue: t('rules.other', { subject }) })
  }
}
