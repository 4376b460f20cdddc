import { useTranslation } from 'react-i18next'
import type { Settings } from '../../shared/app/contract'
import { notify } from '../ui/notices'
import { changeSettings, useSettings } from './settings-store'

const THEMES: readonly Settings['theme'][] = ['system', 'dark', 'light']
const LANGUAGES: readonly Settings['language'][] = ['system', 'en', 'ru']

/** What a person may set: the look and the language. */
export function SettingsView() {
  const { t } = useTranslation('app')
  const { settings } = useSettings()

  function change(changed: Partial<Settings>): void {
    changeSettings(changed).catch((thrown: unknown) => notify(t('settingsFailed'), thrown))
  }

  return (
    <section className="page-state" aria-label={t('sections.settings')}>
      <h1>{t('sections.settings')}</h1>
      <label className="setting">
        <span>{t('theme')}</span>
        <select
          className="field"
          value={settings.theme}
          onChange={(event) => change({ theme: event.target.value as Settings['theme'] })}
        >
          {THEMES.map((theme) => (
            <option key={theme} value={theme}>
              {t(`themes.${theme}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="setting">
        <span>{t('language')}</span>
        <select
          className="field"
          value={settings.language}
          onChange={(event) => change({ language: event.target.value as Settings['language'] })}
        >
          {LANGUAGES.map((language) => (
            <option key={language} value={language}>
              {t(`languages.${language}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="setting">
        <span>{t('notifyOfDeaths')}</span>
        <span className="setting-check">
          <input
            type="checkbox"
            checked={settings.notifyOfDeaths}
            aria-describedby="notify-hint"
            onChange={(event) => change({ notifyOfDeaths: event.target.checked })}
          />
          <span id="notify-hint" className="muted">
            {t('notifyOfDeathsHint')}
          </span>
        </span>
      </label>
    </section>
  )
}
