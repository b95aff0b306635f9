package dev.lion.examples.puzzle;

import java.util.ArrayList;
import java.util.List;

/**
 * An occasion on which people swap things, with its phrases.
 *
 * @param occasion what the people are doing, up to the first colon
 * @param holding what stands between a person and a thing at the start
 * @param proceeding the sentence before the first swap
 * @param swapping what a pair does
 * @param ending the last sentence, up to the person
 * @param asking what stands after the person at the end
 * @param things what can be held
 */
record SwapScene(
        String occasion,
        String holding,
        String proceeding,
        String swapping,
        String ending,
        String asking,
        List<String> things) {
    private static final List<String> COLORS =
            List.of("red", "orange", "yellow", "green", "blue", "purple", "pink", "black", "white", "brown");

    static final SwapScene BALLS = new SwapScene(
            "are playing a game. At the start of the game, they are each holding a ball:",
            "has a",
            "As the game progresses, pairs of players trade balls.",
            "swap balls",
            "At the end of the game,",
            "has the",
            each(" ball"));

    private static final SwapScene GIFTS = new SwapScene(
            "are holding a white elephant gift exchange. At the start of the event, they are each holding a present of a"
                    + " different color:",
            "has a",
            "As the event progresses, pairs of people swap gifts.",
            "swap their gifts",
            "At the end of the event,",
            "has the",
            each(" present"));

    private static final SwapScene BOOKS = new SwapScene(
            "are friends and avid readers who occasionally trade books. At the start of the semester, they each buy one"
                    + " new book:",
            "gets",
            "As the semester proceeds, they start trading around the new books.",
            "swap books",
            "At the end of the semester,",
            "has",
            List.of(
                    "Catch-22",
                    "Frankenstein",
                    "Hound of the Baskervilles",
                    "Lolita",
                    "Moby Dick",
                    "The Fellowship of the Ring",
                    "The Great Gatsby",
                    "The Odyssey",
                    "The Pearl",
                    "Ulysses"));

    private static final SwapScene DANCE = new SwapScene(
            "are dancers at a square dance. At the start of a song, they each have a partner:",
            "is dancing with",
            "Throughout the song, the dancers often trade partners.",
            "switch partners",
            "At the end of the dance,",
            "is dancing with",
            List.of("Helga", "Izzi", "Jamie", "Karl", "Lola", "Melissa", "Ophelia", "Patrick", "Rodrigo", "Sam"));

    private static final SwapScene SOCCER = new SwapScene(
            "are on the same team in a soccer match. At the start of the match, they are each assigned to a position:",
            "is playing",
            "As the game progresses, pairs of players occasionally swap positions.",
            "trade positions",
            "At the end of the match,",
            "is playing",
            List.of(
                    "benchwarmer",
                    "center midfielder",
                    "cheerleader",
                    "fullback",
                    "goalkeeper",
                    "left midfielder",
                    "left winger",
                    "right midfielder",
                    "right winger",
                    "striker"));

    /** The five occasions of the public task. */
    static final List<SwapScene> ALL = List.of(BALLS, GIFTS, BOOKS, DANCE, SOCCER);

    SwapScene {
        things = List.copyOf(things);
    }

    /** Who holds what, and the sentence before the swaps. */
    String start(List<String> people, List<String> held) {
        List<String> holdings = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            holdings.add(people.get(i) + " " + holding + " " + held.get(i));
        }
        return Listing.withComma(people) + " " + occasion + " " + Listing.withComma(holdings) + ".\n" + proceeding
                + " ";
    }

    /** The question. */
    String end(String person) {
        return " " + ending + " " + person + " " + asking;
    }

    private static List<String> each(String noun) {
        return COLORS.stream().map(color -> color + noun).toList();
    }
}
