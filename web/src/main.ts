import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { applyStoredTheme } from './shell/useTheme'
import { router } from './router'
import './kit/style.css'
import { meetTabs } from './review/tab'

applyStoredTheme()
// Whose a draft is has to be known before the first card is shown.
void meetTabs().then(() => createApp(App).use(createPinia()).use(router).mount('#app'))
