import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './element'
import './style.css'
import App from './App.vue'
import { makeRouter } from './router'
import { language, speak } from './words'

speak(language.value)
createApp(App).use(createPinia()).use(makeRouter()).mount('#app')
