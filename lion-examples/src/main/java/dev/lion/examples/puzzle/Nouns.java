package dev.lion.examples.puzzle;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** English nouns in the singular and the plural. */
final class Nouns {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("mouse", "mice"),
            Map.entry("goose", "geese"),
            Map.entry("ox", "oxen"),
            Map.entry("child", "children"),
            Map.entry("person", "people"),
            Map.entry("foot", "feet"),
            Map.entry("tooth", "teeth"),
            Map.entry("fish", "fish"),
            Map.entry("sheep", "sheep"),
            Map.entry("deer", "deer"),
            Map.entry("moose", "moose"),
            Map.entry("knife", "knives"),
            Map.entry("leaf", "leaves"),
            Map.entry("loaf", "loaves"),
            Map.entry("shelf", "shelves"),
            Map.entry("calf", "calves"),
            Map.entry("wolf", "wolves"),
            Map.entry("potato", "potatoes"),
            Map.entry("tomato", "tomatoes"),
            Map.entry("mango", "mangoes"));

    private Nouns() {}

    /** "a mug", "an oven". */
    static String withArticle(String noun) {
        return ("aeiou".indexOf(Character.toLowerCase(noun.charAt(0))) >= 0 ? "an " : "a ") + noun;
    }

    /** "an oven" for one, otherwise "three ovens". */
    static String counted(int count, String noun) {
        return count == 1 ? withArticle(noun) : NumberWords.cardinal(count) + " " + plural(noun);
    }

    /** The plural; of "head of broccoli" it is "heads of broccoli". */
    static String plural(String noun) {
        int of = noun.indexOf(" of ");
        if (of > 0) {
            return plural(noun.substring(0, of)) + noun.substring(of);
        }
        String irregular = IRREGULAR.get(noun);
        if (irregular != null) {
            return irregular;
        }
        if (noun.matches(".*(s|x|z|ch|sh)")) {
            return noun + "es";
        }
        if (noun.matches(".*[^aeiou]y")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + "s";
    }

    /** Every word that this one may be a form of: itself first, then what it may be the plural of. */
    static Set<String> forms(String word) {
        String lower = word.toLowerCase(Locale.ROOT).strip();
        Set<String> forms = new LinkedHashSet<>();
        forms.add(lower);
        int of = lower.indexOf(" of ");
        if (of > 0) {
            forms(lower.substring(0, of)).forEach(head -> forms.add(head + lower.substring(of)));
            return forms;
        }
        IRREGULAR.forEach((singular, plural) -> {
            if (plural.equals(lower)) {
                forms.add(singular);
            }
        });
        addWithout(forms, lower, "ies", "y");
        addWithout(forms, lower, "es", "");
        addWithout(forms, lower, "s", "");
        return forms;
    }

    /** Whether two words are the same noun, whatever their number. */
    static boolean same(String one, String other) {
        return !Collections.disjoint(forms(one), forms(other));
    }

    private static void addWithout(Set<String> forms, String word, String ending, String replacement) {
        if (word.length() > ending.length() + 1 && word.endsWith(ending)) {
            forms.add(word.substring(0, word.length() - ending.length()) + replacement);
        }
    }
}
