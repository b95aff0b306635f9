package dev.lion.examples.puzzle;

import com.google.common.base.Splitter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What kind of thing a noun names. */
final class Categories {
    private static final Splitter MEMBERS = Splitter.on(',').trimResults().omitEmptyStrings();
    private static final Map<String, Set<String>> CATEGORIES_OF = read();
    private static final Set<String> EVERYTHING = Set.of("object", "item", "thing");
    private static final int SHORTEST_TO_CORRECT = 5;

    private Categories() {}

    /** Whether the word, singular or plural, names everything or a category that is known. */
    static boolean isCategory(String word) {
        return isEverything(word)
                || CATEGORIES_OF.values().stream().flatMap(Set::stream).anyMatch(known -> Nouns.same(known, word));
    }

    /** Whether something is known to be of any category, as it is written or one letter off. */
    static boolean isKnown(String thing) {
        return !categoriesOf(thing).isEmpty();
    }

    /** Whether a thing belongs to a category; both may be singular or plural. */
    static boolean belongs(String thing, String category) {
        return isEverything(category) || categoriesOf(thing).stream().anyMatch(known -> Nouns.same(known, category));
    }

    private static boolean isEverything(String category) {
        return Nouns.forms(category).stream().anyMatch(EVERYTHING::contains);
    }

    private static Set<String> categoriesOf(String thing) {
        for (String form : Nouns.forms(thing)) {
            Set<String> categories = CATEGORIES_OF.get(form);
            if (categories != null) {
                return categories;
            }
        }
        Set<String> misspelt = misspelt(thing);
        if (!misspelt.isEmpty()) {
            return misspelt;
        }
        int lastBlank = thing.lastIndexOf(' ');
        return lastBlank < 0 ? Set.of() : categoriesOf(thing.substring(lastBlank + 1)); // "grey cat" is a cat
    }

    private static Set<String> misspelt(String thing) {
        for (String form : Nouns.forms(thing)) {
            for (Map.Entry<String, Set<String>> known : CATEGORIES_OF.entrySet()) {
                if (form.length() >= SHORTEST_TO_CORRECT && Spelling.oneLetterApart(form, known.getKey())) {
                    return known.getValue();
                }
            }
        }
        return Set.of();
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> categories = new HashMap<>();
        for (String line : WordLists.lines("categories.txt")) {
            int colon = line.indexOf(':');
            String category = line.substring(0, colon);
            List<String> members = MEMBERS.splitToList(line.substring(colon + 1));
            members.forEach(member ->
                    categories.computeIfAbsent(member, key -> new HashSet<>()).add(category));
        }
        return categories;
    }
}
