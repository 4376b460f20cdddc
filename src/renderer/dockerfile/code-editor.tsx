import {
  autocompletion,
  closeCompletion,
  completionKeymap,
  completionStatus,
  type CompletionContext
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import {
  closeSearchPanel,
  highlightSelectionMatches,
  search,
  searchKeymap
} from '@codemirror/search'
import { EditorState } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips
} from '@codemirror/view'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { complete } from './completion'
import { dockerfileHighlight } from './highlight'
import './code-editor.css'

/** A fault to be marked in the text; lines and columns count from 1. */
export interface Mark {
  readonly severity: 'error' | 'warning'
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  readonly message: string
}

/** Where the caret is to go; a new object each time, so that the same line can be asked for twice. */
export interface Place {
  readonly line: number
}

/** Edits one text with the look of a Dockerfile. The text is the editor's own: a new `key` begins with another. */
export function CodeEditor(props: {
  readonly label: string
  readonly initialText: string
  readonly onText: (text: string) => void
  readonly marks: readonly Mark[]
  readonly place: Place | undefined
  /** Tags to complete after FROM. */
  readonly images: readonly string[]
  /** An ignore file has neither colours nor completion. */
  readonly isPlain?: boolean
}) {
  const parentRef = useRef<HTMLDivElement>(null)
  const viewRef = useRef<EditorView>(null)
  const latest = useRef(props)
  useLayoutEffect(() => {
    latest.current = props
  })

  useLayoutEffect(() => {
    const parent = parentRef.current
    if (!parent) return
    const { label, initialText, isPlain } = latest.current
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: initialText,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          lintGutter(),
          // A fixed one would be placed against the dialog, which is moved by a transform.
          tooltips({ position: 'absolute' }),
          EditorState.tabSize.of(4),
          isPlain
            ? []
            : [
                dockerfileHighlight,
                autocompletion({
                  override: [(context) => proposalsAt(context, latest.current.images)],
                  icons: false
                })
              ],
          // Tab leaves the editor: who has no mouse must get out of it again.
          keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onText(update.state.doc.toString())
          })
        ]
      })
    })
    viewRef.current = view
    view.focus()
    return () => view.destroy()
  }, [])

  useEffect(() => {
    const view = viewRef.current
    if (view) view.dispatch(setDiagnostics(view.state, toDiagnostics(view.state, props.marks)))
  }, [props.marks])

  useEffect(() => {
    const view = viewRef.current
    if (!view || !props.place) return
    const { doc } = view.state
    const { from } = doc.line(Math.min(Math.max(1, props.place.line), doc.lines))
    view.dispatch({
      selection: { anchor: from },
      effects: EditorView.scrollIntoView(from, { y: 'center' })
    })
    view.focus()
  }, [props.place])

  return <div ref={parentRef} className="code-editor" />
}

/** Closes the list of completions or the search, where one is open; false where there was none. */
export function closeInsideEditor(): boolean {
  const element = document.querySelector<HTMLElement>('.code-editor .cm-editor')
  const view = element && EditorView.findFromDOM(element)
  if (!view) return false
  // One that is only being looked for is not seen: Escape means the dialog then.
  const isListOpen = completionStatus(view.state) === 'active'
  return (isListOpen && closeCompletion(view)) || closeSearchPanel(view)
}

function toDiagnostics({ doc }: EditorState, marks: readonly Mark[]) {
  const offset = (line: number, column: number): number => {
    const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines))
    return Math.min(from + column - 1, to)
  }
  return marks.map(({ severity, message, ...mark }) => {
    const from = offset(mark.line, mark.column)
    return { severity, message, from, to: Math.max(from, offset(mark.endLine, mark.endColumn)) }
  })
}

function proposalsAt(context: CompletionContext, images: readonly string[]) {
  const found = complete(context.state.doc.toString(), context.pos, images)
  const isAsked = context.explicit || (found !== undefined && context.pos > found.from)
  // After `--from=` and `$` the list is of use before a letter is typed.
  const isOffered = found?.kind === 'stage' || found?.kind === 'variable'
  if (!found || !(isAsked || isOffered) || found.words.length === 0) return null
  return {
    from: found.from,
    options: found.words.map((word) => ({ label: word.trimEnd(), apply: word }))
  }
}
