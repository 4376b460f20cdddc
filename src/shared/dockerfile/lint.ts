import { Util } from 'dockerfile-ast/lib/util'
import { validate, ValidationCode, ValidationSeverity } from 'dockerfile-utils'
import { parseDockerfile } from '../builds/dockerfile'
import type { DockerfileFault } from './model'
import { ownRules } from './rules'

/** A longer text, or one with a longer line, is not looked at: the library takes seconds for it. In characters. */
const TEXT_LIMIT = 300_000
const LINE_LIMIT = 20_000
const SUBJECT_LIMIT = 60

// The library asks Node's Buffer whether a character is a byte order mark; a window has none.
Util.isUTF8BOM = (character) => character === '\uFEFF'

const SETTINGS = {
  deprecatedMaintainer: ValidationSeverity.WARNING,
  directiveCasing: ValidationSeverity.WARNING,
  emptyContinuationLine: ValidationSeverity.WARNING,
  instructionCasing: ValidationSeverity.WARNING,
  instructionCmdMultiple: ValidationSeverity.WARNING,
  instructionEntrypointMultiple: ValidationSeverity.WARNING,
  instructionHealthcheckMultiple: ValidationSeverity.WARNING,
  instructionJSONInSingleQuotes: ValidationSeverity.WARNING,
  instructionWorkdirRelative: ValidationSeverity.WARNING
}

const NOT_CHECKED: DockerfileFault = {
  rule: 'not-checked',
  severity: 'warning',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
  subject: ''
}

/** Whether {@link lintDockerfile} looks at a text: one that is far too long is left alone. */
export function isLintable(text: string): boolean {
  return text.length <= TEXT_LIMIT && !new RegExp(`[^\\n]{${LINE_LIMIT}}`).test(text)
}

/**
 * The faults of a Dockerfile in the order of its lines: those that dockerfile-utils finds, and {@link ownRules}. Never throws: where
 * the library stumbles, that is a fault of its own (`not-checked`).
 */
export function lintDockerfile(text: string): DockerfileFault[] {
  if (!isLintable(text)) return []
  const lines = text.split(/\r?\n/)
  const subjectAt = (line: number, from: number, to: number): string =>
    (lines[line - 1] ?? '').slice(from, to).slice(0, SUBJECT_LIMIT)
  const found = validateSafely(text)?.map(({ code, severity, range }): DockerfileFault => {
    const { start, end } = range
    const endColumn = start.line === end.line ? end.character : Infinity
    return {
      rule: ruleName(Number(code)),
      severity: severity === 1 ? 'error' : 'warning',
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
      subject: subjectAt(start.line + 1, start.character, endColumn)
    }
  }) ?? [NOT_CHECKED]
  const own = ownRules(parseDockerfile(text), lines).map(
    ({ rule, severity, line, subject }): DockerfileFault => ({
      rule,
      severity,
      line,
      column: 1,
      endLine: line,
      endColumn: (lines[line - 1] ?? '').length + 1,
      subject: subject.slice(0, SUBJECT_LIMIT)
    })
  )
  return [...found, ...own].toSorted((a, b) => a.line - b.line || a.column - b.column)
}

function validateSafely(text: string): ReturnType<typeof validate> | undefined {
  try {
    return validate(text, SETTINGS)
  } catch {
    return undefined
  }
}

/** `MULTIPLE_INSTRUCTIONS` is `multiple-instructions`. */
function ruleName(code: number): string {
  return (ValidationCode[code] ?? 'other').toLowerCase().replaceAll('_', '-')
}
