// The app loads these with the first card; here they are at hand, however busy the machine is.
import '@/kit/MoreFilters.vue'
import '@/review/QueueMenu.vue'
import '@/shell/UndoToast.vue'

export { default } from '@/App.vue'
