import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { ExportRecipe, SavedRecipe } from '@/api/types'
import { useToastStore } from '@/shell/toastStore'
import { recipeOf, type ExportWish, wishOf } from './exports'

interface RecipesState {
  recipes: SavedRecipe[]
  loaded: boolean
  error: ApiError | null
}

/** The recipes: saved choices of the Export page, by name. */
export const useRecipesStore = defineStore('recipes', {
  state: (): RecipesState => ({ recipes: [], loaded: false, error: null }),

  actions: {
    async load(): Promise<void> {
      try {
        this.recipes = await ask(api.GET('/api/sft/recipes'))
        this.loaded = true
        this.error = null
      } catch (cause) {
        this.error = asApiError(cause)
      }
    },

    find(name: string): ExportWish | null {
      const found = this.recipes.find((recipe) => recipe.name === name)
      return found ? wishOf(found.recipe) : null
    },

    /** Save the choices and return the name they were saved under; null if that failed. */
    async save(name: string, wish: ExportWish): Promise<string | null> {
      return this.put(name, recipeOf(wish))
    },

    async put(name: string, body: ExportRecipe): Promise<string | null> {
      try {
        const saved = await ask(api.PUT('/api/sft/recipes/{name}', { params: { path: { name } }, body }))
        const others = this.recipes.filter((recipe) => recipe.name !== saved.name)
        this.recipes = [...others, saved].sort((a, b) => a.name.localeCompare(b.name))
        this.error = null
        useToastStore().notify(`Saved the recipe “${saved.name}”.`)
        return saved.name
      } catch (cause) {
        this.error = asApiError(cause)
        return null
      }
    },

    /** Delete a recipe. Its choices are still at hand, so that undo can save them again. */
    async forget(name: string): Promise<boolean> {
      const wish = this.find(name)
      try {
        const { response, error } = await api.DELETE('/api/sft/recipes/{name}', {
          params: { path: { name } },
        })
        if (!response.ok) await ask(Promise.resolve({ error, response }))
        this.recipes = this.recipes.filter((recipe) => recipe.name !== name)
        this.error = null
        if (wish) useToastStore().offer(`Deleted the recipe “${name}”.`, () => void this.save(name, wish))
        return true
      } catch (cause) {
        this.error = asApiError(cause)
        return false
      }
    },
  },
})
