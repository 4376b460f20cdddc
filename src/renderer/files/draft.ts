import type { FileContent } from '../../shared/files/model'
import type { Draft } from './place-store'

/** A file opened for editing. Its line ends are the page's own while it is edited, and its own again when it is saved. */
export function draftOf(file: FileContent, text: string): Draft {
  const plain = text.replaceAll('\r\n', '\n')
  return {
    path: file.path,
    text: plain,
    savedText: plain,
    sha256: file.sha256 ?? '',
    modifiedAtMs: file.modifiedAtMs,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n'
  }
}

/** True for a text that has both kinds of line ends: saved, all are of one. */
export function hasMixedLineEnds(text: string): boolean {
  return text.includes('\r\n') && /(^|[^\r])\n/.test(text)
}

/** What is saved of a draft. */
export function bytesOfDraft({ text, lineEnd }: Draft): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(lineEnd === '\n' ? text : text.replaceAll('\n', lineEnd))
}

export function isDirty(draft: Draft): boolean {
  return draft.text !== draft.savedText
}
