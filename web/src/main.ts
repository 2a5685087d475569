import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { applyStoredTheme } from './shell/useTheme'
import { router } from './router'
import './kit/style.css'
import { meetTabs } from './review/tab'

applyStoredTheme()
// The tab needs its name before the first card is shown: drafts are kept by tab.
void meetTabs().then(() => createApp(App).use(createPinia()).use(router).mount('#app'))
