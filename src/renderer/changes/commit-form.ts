import {
  faultOf,
  type ChangeFault,
  type ChangeInstruction
} from '../../shared/changes/change-lines'
import type { CommitLine } from '../../shared/changes/command'
import { familiarReference, tryParseReference, withDefaultTag } from '../../shared/images/reference'

/** A setting of the image, as it is being written. */
export interface ChangeField {
  /** Tells the rows apart. */
  readonly id: string
  readonly instruction: ChangeInstruction
  readonly value: string
}

/** What the commit dialog has been told. */
export interface CommitForm {
  readonly reference: string
  readonly message: string
  readonly author: string
  readonly pause: boolean
  readonly changes: readonly ChangeField[]
}

export const EMPTY_FORM: CommitForm = {
  reference: '',
  message: '',
  author: '',
  pause: true,
  changes: []
}

/** The name that the image will have, with its tag; undefined for none, or for what is no name. */
export function nameOf(form: CommitForm): string | undefined {
  const parsed = tryParseReference(form.reference.trim())
  if (!parsed || parsed.digest !== undefined) return undefined
  return familiarReference(withDefaultTag(parsed))
}

/** True where something is written that is no image's name. */
export function isReferenceBad(form: CommitForm): boolean {
  return form.reference.trim() !== '' && nameOf(form) === undefined
}

/** What is wrong with each setting, by its id. */
export function faultsOf(form: CommitForm): ReadonlyMap<string, ChangeFault> {
  const faults = new Map<string, ChangeFault>()
  for (const change of form.changes) {
    const fault = faultOf(change)
    if (fault) faults.set(change.id, fault)
  }
  return faults
}

/** What is to be done, for the call and for the command; empty fields are left out. */
export function commitOptions(form: CommitForm): Omit<CommitLine, 'container'> {
  const reference = form.reference.trim()
  return {
    ...(reference !== '' && { reference }),
    ...(form.message.trim() !== '' && { message: form.message.trim() }),
    ...(form.author.trim() !== '' && { author: form.author.trim() }),
    pause: form.pause,
    changes: form.changes.map(({ instruction, value }) => ({ instruction, value: value.trim() }))
  }
}
