import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { applyStoredTheme } from './composables/useTheme'
import { router } from './router'
import './style.css'

applyStoredTheme()
createApp(App).use(createPinia()).use(router).mount('#app')
