import { Popover } from 'radix-ui'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { matchesText } from './match'
import './combobox.css'

/** A choice of a combobox: the text that it gives, and what is said beside it. */
export interface Choice {
  readonly value: string
  readonly detail?: string
}

/** Choices shown at most: whoever wants another types more of it. */
const SHOWN = 50

/** A text field that offers known values; any other may be typed as well. */
export function Combobox(props: {
  readonly value: string
  readonly onValue: (value: string) => void
  readonly choices: readonly Choice[]
  readonly label: string
  readonly id?: string
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly isInvalid?: boolean
  readonly describedBy?: string | undefined
  readonly className?: string
}) {
  const { value, choices } = props
  const listId = useId()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState(false)
  const [at, setAt] = useState(-1)
  const list = useRef<HTMLDivElement>(null)
  // Before anything was typed, everything can be chosen.
  const shown = choices
    .filter((choice) => !typed || matchesText(`${choice.value} ${choice.detail ?? ''}`, value))
    .slice(0, SHOWN)
  const isOpen = open && shown.length > 0

  function show(): void {
    setOpen(true)
    setTyped(false)
    setAt(-1)
  }

  function choose(choice: Choice): void {
    props.onValue(choice.value)
    setOpen(false)
  }

  function move(by: number): void {
    const next = (at + by + shown.length) % shown.length
    setAt(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }

  function handleKey(event: KeyboardEvent): void {
    const down = event.key === 'ArrowDown'
    if (down || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) show()
      else move(down ? 1 : at < 0 ? 0 : -1)
    } else if (event.key === 'Enter' && isOpen && shown[at] && !event.ctrlKey) {
      event.preventDefault()
      choose(shown[at])
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation()
      setOpen(false)
    }
  }

  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Anchor asChild>
        <input
          {...(props.id !== undefined && { id: props.id })}
          className={`field ${props.className ?? 'mono'}`}
          role="combobox"
          aria-label={props.label}
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={isOpen && at >= 0 ? `${listId}-${at}` : undefined}
          aria-invalid={props.isInvalid ?? false}
          aria-describedby={props.describedBy}
          value={value}
          placeholder={props.placeholder}
          autoFocus={props.autoFocus}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            props.onValue(event.target.value)
            setOpen(true)
            setTyped(true)
            setAt(-1)
          }}
          onClick={() => (isOpen ? setOpen(false) : show())}
          onBlur={() => setOpen(false)}
          onKeyDown={handleKey}
        />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="combobox-menu"
          align="start"
          sideOffset={3}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <div id={listId} ref={list} role="listbox" aria-label={props.label}>
            {shown.map((choice, index) => (
              <div
                key={choice.value}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                // Before the field loses the focus.
                onPointerDown={(event) => {
                  event.preventDefault()
                  choose(choice)
                }}
              >
                <span className="mono">{choice.value}</span>
                {choice.detail && <small>{choice.detail}</small>}
              </div>
            ))}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
