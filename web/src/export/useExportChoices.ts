import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { canSplit, type ExportWish, NO_WISH, readWish, sameWish, writeWish } from './exports'
import { useRecipesStore } from './recipesStore'

/** The choices, kept in the URL: an export can be linked by its choices or by its recipe's name. */
export function useExportChoices() {
  const route = useRoute()
  const router = useRouter()
  const recipes = useRecipesStore()

  const recipe = computed(() => {
    const name = route.query['recipe']
    return (Array.isArray(name) ? name[0] : name) || null
  })
  const saved = computed(() => (recipe.value ? recipes.find(recipe.value) : null))
  const isByName = computed(() => recipe.value !== null && Object.keys(route.query).length === 1)
  /** Null until the recipe that the URL names is loaded. */
  const wish = computed<ExportWish | null>(() => (isByName.value ? saved.value : readWish(route.query)))
  const isChanged = computed(
    () => recipe.value !== null && (!saved.value || !wish.value || !sameWish(wish.value, saved.value)),
  )
  const isUnknown = computed(() => recipe.value !== null && recipes.loaded && !saved.value)

  function change(part: Partial<ExportWish>): void {
    const next = { ...(wish.value ?? NO_WISH), ...part }
    if (!canSplit(next.format)) next.splits = null
    const back = saved.value && sameWish(next, saved.value)
    void router.replace({
      query: back && recipe.value ? { recipe: recipe.value } : writeWish(next, recipe.value),
    })
  }

  /** Replace the choices on the page by a recipe's; without a name they stay. */
  function chooseRecipe(name: string | null, kept: ExportWish = wish.value ?? NO_WISH): void {
    void router.push({ query: name ? { recipe: name } : writeWish(kept) })
  }

  return { wish, recipe, isChanged, isUnknown, change, chooseRecipe }
}
