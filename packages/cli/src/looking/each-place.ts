import type { Problems } from '../output/problems.ts';
import type { FoundPlace, Places } from '../places/box-places.ts';

/**
 * Looks at all that the words name, one after the other. Of several words one that names nothing, and of several
 * places one that cannot be looked at, is a problem that stops none of the others; alone, its error is thrown.
 */
export async function eachPlace(
  words: readonly string[],
  places: Places,
  problems: Problems,
  look: (place: FoundPlace) => Promise<void>,
): Promise<void> {
  for (const word of words) {
    try {
      for await (const place of places.at(word)) {
        try {
          await look(place);
        } catch (error) {
          if (words.length === 1 && !place.isMatch) throw error;
          problems.report(error, place.words);
        }
      }
    } catch (error) {
      if (words.length === 1) throw error;
      problems.report(error);
    }
  }
}
