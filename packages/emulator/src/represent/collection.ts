import type { View } from './view.ts';

/** The viewer's Favorites. */
export function favoritesOf({ store, userId }: View) {
  return {
    type: 'collection',
    id: String(store.favorites.collectionOf(userId)),
    name: 'Favorites',
    collection_type: 'favorites',
  };
}
