/** The scheme and origin of our own pages; nothing else is ever shown. */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = 'app://main'
