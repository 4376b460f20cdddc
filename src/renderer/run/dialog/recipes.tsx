import { BookMarked, Trash2 } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../../shared/bridge/errors'
import type { Recipe } from '../../../shared/recipes/model'
import { runCommand } from '../../../shared/run/format'
import { parseRunLine } from '../../../shared/run/parse'
import { call, errorOf } from '../../bridge/client'
import { ErrorBox } from '../../ui/error-box'
import { formOf, readForm } from '../form/run-form'
import { hasSecrets, withoutSecrets } from '../form/secrets'
import type { RunEditor } from '../form/use-run-form'

/** Saved forms: choose one, or keep this one under a name. */
export function Recipes({ editor }: { readonly editor: RunEditor }) {
  const { t } = useTranslation('run')
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button">
        <BookMarked size={14} aria-hidden />
        {t('recipes.title')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu recipes"
          align="start"
          side="top"
          sideOffset={6}
          aria-label={t('recipes.title')}
        >
          <RecipeList editor={editor} onDone={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function RecipeList({
  editor,
  onDone
}: {
  readonly editor: RunEditor
  readonly onDone: () => void
}) {
  const { t } = useTranslation('run')
  const [recipes, setRecipes] = useState<readonly Recipe[]>([])
  const [name, setName] = useState(editor.form.texts.name ?? '')
  const [keepSecrets, setKeepSecrets] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const fail = (thrown: unknown): void => setError(errorOf(thrown))
  useEffect(() => {
    call('recipes.list', {}).then(setRecipes, (thrown: unknown) => setError(errorOf(thrown)))
  }, [])
  const isThere = recipes.some((recipe) => recipe.name === name.trim())
  const canSave = name.trim() !== '' && editor.form.image !== ''

  function save(event: FormEvent): void {
    event.preventDefault()
    event.stopPropagation()
    if (!canSave) return
    const { form, names } = keepSecrets
      ? { form: editor.form, names: [] }
      : withoutSecrets(editor.form)
    const line = runCommand(readForm(form).spec)
    call('recipes.save', { name: name.trim(), line, asked: [...names] }).then(onDone, fail)
  }

  function load(recipe: Recipe): void {
    editor.setForm(formOf(parseRunLine(recipe.line).spec, recipe.asked))
    onDone()
  }

  return (
    <>
      {recipes.length === 0 && <p className="muted recipes-empty">{t('recipes.empty')}</p>}
      <ul className="recipe-list">
        {recipes.map((recipe) => (
          <li key={recipe.name}>
            <button
              type="button"
              className="menu-item recipe-load"
              title={recipe.line}
              onClick={() => load(recipe)}
            >
              <span>{recipe.name}</span>
              <code>{recipe.line.replace(/^docker run /, '')}</code>
            </button>
            <button
              type="button"
              className="icon-button"
              aria-label={t('recipes.remove', { name: recipe.name })}
              title={t('recipes.remove', { name: recipe.name })}
              onClick={() =>
                void call('recipes.remove', { name: recipe.name }).then(setRecipes, fail)
              }
            >
              <Trash2 size={13} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <form className="recipe-save" onSubmit={save}>
        <input
          className="field"
          aria-label={t('recipes.name')}
          placeholder={t('recipes.name')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className="button" disabled={!canSave}>
          {t(isThere ? 'recipes.replace' : 'recipes.save')}
        </button>
      </form>
      {hasSecrets(editor.form) && (
        <label className="check recipe-secrets">
          <input
            type="checkbox"
            checked={keepSecrets}
            onChange={(event) => setKeepSecrets(event.target.checked)}
          />
          <span>
            {t('recipes.keepSecrets')} <span className="muted">{t('recipes.secretsHint')}</span>
          </span>
        </label>
      )}
      {error && <ErrorBox error={error} />}
    </>
  )
}
