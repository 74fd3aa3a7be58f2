/** Each user's one collection, the Favorites, and what is in it. */
export const favoriteSchema = `
CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL UNIQUE
);

CREATE TABLE favorites (
  position INTEGER PRIMARY KEY,          -- the order in which they were added
  user_id INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  UNIQUE (user_id, item_id)
);
CREATE INDEX favorites_by_item ON favorites (item_id);
`;

/** What a reset forgets; a collection keeps its id. */
export const favoriteTables = ['favorites'];
