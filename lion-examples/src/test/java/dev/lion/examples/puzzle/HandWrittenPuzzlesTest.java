package dev.lion.examples.puzzle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every family and every corner of its grammar, in texts written for this test; {@code |} stands for a line break. */
class HandWrittenPuzzlesTest {
    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "True is => True",
                "not not not True is => False",
                "False and False or True is => True",
                "True or True and False is => True",
                "not False and False is => False",
                "not ( False and False ) is => True",
                "( ( True ) ) and not ( not ( False ) or True ) is => False",
            })
    void solve_booleanExpression_bindsNotThenAndThenOr(String text, String answer) {
        assertSolved("boolean_expressions", text, answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "((2 + 3 * 4) - (5 - 6 - 7)) = => 22",
                "((-2 - -3) * (-4 * -5)) = => 20",
                "((1 - 2) * (3 + 4)) = => -7",
                "((((1)))) = => 1",
            })
    void solve_arithmetic_multipliesFirstThenFromTheLeft(String text, String answer) {
        assertSolved("multistep_arithmetic_two", text, answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "I have a kiwi, two mangoes, and three strawberries. How many fruits do I have? => 6",
                "I have an ox, two mice, three geese, a fish, and four wolves. How many animals do I have? => 11",
                "I have 2 heads of broccoli, five stalks of celery, a drum, and a lettuce head. How many vegetables do I"
                        + " have? => 8",
                "I have an oven, and twelve potatoes. How many objects do I have? => 13",
                "I have two violns, a clarinett, and a goat. How many musical instruments do I have? => 3",
                "I have a grey cat, two oboes, and a bus. How many vehicles do I have? => 1",
                "I have twenty knives, and a fork. How many things do I have? => 21",
            })
    void solve_counting_knowsCategoriesPluralsAndSlips(String text, String answer) {
        assertSolved("object_counting", text, answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "Take 3 steps. Turn around. Take 3 steps. => Yes",
                "Take 1 step. Turn left. Take 1 step. Turn left. Take 1 step. Turn left. Take 1 step. => Yes",
                "Take 2 steps. Turn right. Take 2 steps. Turn right. Take 2 steps. => No",
                "Turn left. Turn right. Turn around. => Yes",
                "Always face forward. Take 4 steps left. Take 4 steps backward. Take 4 steps right. Take 4 steps forward."
                        + " => Yes",
                "Always face forward. Take two steps left. Take 1 step right. => No",
            })
    void solve_navigation_walksAndTurns(String moves, String answer) {
        String text = "If you follow these instructions, do you return to the starting point? " + moves
                + "\nOptions:\n- Yes\n- No";
        assertSolved("navigate", text, answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "sal salt al => al sal salt",
                "whale Apple zebra => apple whale zebra",
                "one => one",
                "b a b => a b b",
            })
    void solve_sorting_ordersByLetter(String words, String answer) {
        assertSolved("word_sorting", "Sort the following words alphabetically: List: " + words, answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {"( => )", "[ { < ( ) => > } ]", "{ [ ] ( < > => ) }", "< > ( ) [ => ]", "(([{ => } ] ) )"})
    void solve_brackets_closesInnermostFirst(String brackets, String answer) {
        assertSolved(
                "dyck_languages",
                "Complete the rest of the sequence, making sure that the parentheses are closed properly. Input: "
                        + brackets,
                answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "Question: Ka lies. Sal says Ka lies. Does Sal tell the truth? => Yes",
                "Question: Ka lies. Sal says Ka tells the truth. Does Sal tell the truth? => No",
                "Question: Jo-Ann tells the truth. Zoë says Jo-Ann lies. Bo says Zoë lies. Does Bo lie? => No",
                "Question: Bo says Al lies. Cy says Bo tells the truth. Al lies. Does Cy tell the truth? => Yes",
            })
    void solve_liars_followsTheChainInAnyOrder(String text, String answer) {
        assertSolved("web_of_lies", text, answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "are playing a game. At the start of the game, they are each holding a ball: Alice has a red ball, Bob has a"
                        + " orange ball, and Claire has a black ball.|As the game progresses, pairs of players trade balls."
                        + " First, Alice and Bob swap balls. Finally, Bob and Claire swap balls. At the end of the game,"
                        + " Claire has the|Options:|(A) red ball|(B) orange ball|(C) black ball => (A)",
                "are dancers at a square dance. At the start of a song, they each have a partner: Alice is dancing with Sam,"
                        + " Bob is dancing with Lola, and Claire is dancing with Karl.|Throughout the song, the dancers"
                        + " often trade partners. First, Claire and Bob switch partners. At the end of the dance, Bob is"
                        + " dancing with|Options:|(A) Sam|(B) Lola|(C) Karl => (C)",
                "are on the same team in a soccer match. At the start of the match, they are each assigned to a position:"
                        + " Alice is playing striker, Bob is playing left winger, and Claire is playing fullback.|As the"
                        + " game progresses, pairs of players occasionally swap positions. First, Alice and Bob trade"
                        + " positions. Then, Alice and Bob trade positions. At the end of the match, Bob is playing|Options:"
                        + "|(A) striker|(B) left winger|(C) fullback => (B)",
            })
    void solve_swaps_endsWithTheHeldThing(String text, String answer) {
        assertSolved(
                "tracking_shuffled_objects_three_objects", "Alice, Bob, and Claire " + text.replace('|', '\n'), answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "from 6am to 11am.|Bo saw Al reading from 11am to 12pm.|Cy saw Al running from 3pm to 9pm => (B)",
                "from 7am to 12pm.|Bo saw Bo reading at the library from 12pm to 3pm.|Cy saw Al running from 3pm to 9pm"
                        + " => (A)",
                "from 6am to 12pm.|Bo saw Al reading from 12pm to 3pm => (C)",
            })
    void solve_day_findsTheFreeSlot(String seen, String answer) {
        String text =
                "Today, Al went to the park. Between what times could they have gone?\nWe know that:\nAl woke up at"
                        + " 6am.\nDi saw Al waiting at the airport " + seen.replace('|', '\n')
                        + ".\nThe park was closed after 9pm.\nBetween what times could Al have gone to the park?\nOptions:\n(A) 6am"
                        + " to 7am\n(B) 12pm to 3pm\n(C) 3pm to 9pm";
        assertSolved("temporal_sequences", text, answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "Is the pen red? => no",
                "Is the dog leash red? => yes",
                "What color is the pair of sunglasses? => teal",
                "What is the color of the left-most thing? => red",
                "What is the color of the rightmost item? => gold",
                "What is the color of the object directly to the right of the pen? => teal",
                "What is the color of the thing directly to the left of the teal thing? => blue",
                "What is the color of the item furthest from the pen? => gold",
                "How many non-red things do you see to the left of the gold item? => two",
                "How many non-black items do you see to the right of the dog leash? => three",
                "How many objects are neither red nor gold? => two",
                "If I remove all the red things from the desk, how many items remain on it? => three",
                "If I remove all the pens from the desk, how many blue objects remain on it? => zero",
                "If I remove all the items from the desk, how many mugs remain on it? => zero",
            })
    void solve_coloredThings_answersEveryKindOfQuestion(String question, String answer) {
        String text =
                "On the desk, you see a set of things arranged in a row: a red dog leash, a blue pen, a teal pair of"
                        + " sunglasses, and a gold mug. " + question
                        + "\nOptions:\n(A) yes\n(B) no\n(C) zero\n(D) one\n(E) two\n(F) three\n(G) red\n(H) blue\n(I) teal\n(J) gold";
        String letter = Options.parse(text).only(answer::equals).orElseThrow();
        assertSolved("reasoning_about_colored_objects", text, letter);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "In a golf tournament, there were three golfers: Amy, Bob, and Cy. Cy finished last. Amy finished below Bob."
                        + "|Options:|(A) Amy finished first|(B) Bob finished first|(C) Cy finished first => (B)",
                "In an antique car show, there are three vehicles: a motorcyle, a station wagon, and a bus. The bus is older"
                        + " than the motorcycle. The station wagon is the second-newest.|Options:|(A) The motorcyle is the"
                        + " oldest|(B) The station wagon is the oldest|(C) The bus is the oldest => (C)",
                "A fruit stand sells three fruits: kiwis, plums, and pears. The plums are cheaper than the pears. The kiwis"
                        + " are the second-most expensive.|Options:|(A) The kiwis are the cheapest|(B) The plums are the"
                        + " cheapest|(C) The pears are the cheapest => (B)",
                "On a shelf, there are three books: a red book, an orange book, and a grey book. The red book is the second"
                        + " from the right. The grey book is to the left of the red book.|Options:|(A) The red book is the"
                        + " rightmost|(B) The orange book is the rightmost|(C) The grey book is the rightmost => (B)",
            })
    void solve_order_findsWhatHoldsInEveryOrder(String text, String answer) {
        assertSolved("logical_deduction_three_objects", text.replace('|', '\n'), answer);
    }

    @ParameterizedTest(name = "{0} => {1}")
    @CsvSource(
            delimiterString = "=>",
            value = {
                "Today is 2/28/2020. What is the date tomorrow => 02/29/2020",
                "Yesterday was 12/31/1999. What is the date a month ago => 12/01/1999",
                "Tomorrow is Mar 1st, 2021. What is the date 48 hours later => 03/02/2021",
                "The day before yesterday was 11/23/1933. What is the date one week ago from today => 11/18/1933",
                "It is Sept. 9, 1909 today. What is the date 10 days ago => 08/30/1909",
                "It was May 1, 2001 a week ago. What is the date today => 05/08/2001",
                "Ann thinks today is 1/1/2000, but Ben thinks today is 1/2/2000. Ben is correct. What is the date today"
                        + " => 01/02/2000",
                "Today is the last day of the second quarter of 2010. What is the date tomorrow => 07/01/2010",
                "Today is the US Thanksgiving of 2001. What is the date today => 11/22/2001",
                "The first day of 2019 is a Tuesday, and today is the first Friday of 2019. What is the date today"
                        + " => 01/04/2019",
                "Today is 7/4, and the year is 1976. What is the date one year ago from today => 07/04/1975",
                "The deadline is Jun 3, 2021, which is 5 days away from now. What is the date today => 05/29/2021",
                "Ann and Ben married on Jan 2, 1958. Today is their silver wedding anniversary. What is the date today"
                        + " => 01/02/1983",
                "Ann visits the zoo on the 5th of each month starting from the November of 2009. It is her 3rd visit to the"
                        + " zoo today. What is the date today => 01/05/2010",
                "Yesterday was 12/31/1929. Today could not be 12/32/1929. What is the date today => 01/01/1930",
                "Ann has an appointment tomorrow (Tue, 7/9/1972). What is the date yesterday => 07/07/1972",
                "Ann quit on Mar 20, 2020. 30 days have passed since then. What is the date today => 04/19/2020",
            })
    void solve_date_worksOutToday(String text, String answer) {
        String choices = "\nOptions:\n(A) 01/01/1900\n(B) " + answer + "\n(C) 01/01/2099";
        assertSolved("date_understanding", text + " in MM/DD/YYYY?" + choices, "(B)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write a poem about a lion.",
                "True and is",
                "True and ( False is",
                "((2 + 3) * ) =",
                "((2 + 3) * (4 + 5) =",
                "I have a gizmotron, and two apples. How many fruits do I have?",
                "I have two apples. How many quarks do I have?",
                "Complete the rest of the sequence, making sure that the parentheses are closed properly. Input: ( ]",
                "Question: Ka lies. Does Sal tell the truth?",
                "If you follow these instructions, do you return to the starting point? Fly 3 steps.",
                "Today is Friday. What is the date tomorrow in MM/DD/YYYY?\nOptions:\n(A) 01/01/2000",
                "In a golf tournament, there were three golfers: Amy, Bob, and Cy. Cy finished last.\nOptions:\n(A) Amy"
                        + " finished first\n(B) Bob finished first\n(C) Cy finished first",
            })
    void familyOf_whatNoRuleCovers_isEmpty(String text) {
        assertThat(Puzzles.familyOf(text)).isEmpty();
    }

    private static void assertSolved(String family, String text, String answer) {
        assertThat(Puzzles.familyOf(text)).map(PuzzleFamily::name).contains(family);
        assertThat(Puzzles.familyOf(text).flatMap(known -> known.solve(text))).contains(answer);
    }
}
