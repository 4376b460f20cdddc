import { useMemo, useState } from 'react'
import { runCommand } from '../../../shared/run/format'
import type { RunProblem, RunSpec } from '../../../shared/run/model'
import { parseRunLine } from '../../../shared/run/parse'
import type { RunRequest } from '../run-store'
import { formOf, readForm, type FieldFault, type RunForm } from './run-form'
import { maskSecrets, unmaskSecrets } from './secrets'

/** The form and its line: two views of one thing, each editable. */
export interface RunEditor {
  readonly form: RunForm
  readonly spec: RunSpec
  readonly faults: readonly FieldFault[]
  /** What is wrong with the whole, as docker would say it: faults of the line, and flags that do not go together. */
  readonly problems: readonly RunProblem[]
  readonly line: string
  /** The command without masks, to be copied. */
  readonly command: string
  readonly showSecrets: boolean
  readonly setForm: (form: RunForm) => void
  readonly setLine: (line: string) => void
  readonly setShowSecrets: (show: boolean) => void
}

function commandOf(form: RunForm): string {
  return runCommand(readForm(form).spec)
}

/** State of the form; a line that was typed stays as it was typed until a field changes. */
export function useRunEditor(request: RunRequest): RunEditor {
  const [form, putForm] = useState(request.form)
  const [typed, setTyped] = useState<string | undefined>(request.line)
  const [showSecrets, setShowSecrets] = useState(false)
  const read = useMemo(() => readForm(form), [form])
  const command = useMemo(() => runCommand(read.spec), [read])
  const line = useMemo(
    () => typed ?? commandOf(showSecrets ? form : maskSecrets(form)),
    [typed, form, showSecrets]
  )
  const problems = useMemo(() => parseRunLine(typed ?? command).problems, [typed, command])
  return {
    form,
    ...read,
    problems,
    line,
    command,
    showSecrets,
    setForm: (next) => {
      putForm(next)
      setTyped(undefined)
    },
    setLine: (next) => {
      putForm(unmaskSecrets(formOf(parseRunLine(next).spec, form.asked), form))
      setTyped(next)
    },
    setShowSecrets: (show) => {
      setShowSecrets(show)
      setTyped(undefined)
    }
  }
}
