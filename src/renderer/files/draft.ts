import type { FileContent } from '../../shared/files/model'
import type { Draft } from './place-store'

/** A file opened for editing. Its line ends are the page's own while it is edited, and its own again when it is saved. */
export function draftOf(file: FileContent, text: string): Draft {
  const plain = text.replaceAll(/\r\n?/g, '\n')
  return {
    path: file.path,
    text: plain,
    savedText: plain,
    sha256: file.sha256 ?? '',
    modifiedAtMs: file.modifiedAtMs,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n'
  }
}

/** What is edited once `savedText` of it is saved: what was typed meanwhile stays, and is not saved yet. */
export function savedDraft(now: Draft, file: FileContent, savedText: string): Draft {
  return { ...draftOf(file, savedText), text: now.text, lineEnd: now.lineEnd }
}

/** True for a text that has several kinds of line ends, or the lone CR of old: saved, all are of one that an editor has. */
export function hasMixedLineEnds(text: string): boolean {
  return /\r(?!\n)/.test(text) || (text.includes('\r\n') && /(^|[^\r])\n/.test(text))
}

/** What is saved of a draft. */
export function bytesOfDraft({ text, lineEnd }: Draft): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd))
}

export function isDirty(draft: Draft): boolean {
  return draft.text !== draft.savedText
}
