package dev.lion.student.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.student.tokenizer.StudentTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTextTest {
    private static StudentTokenizer tokenizer;

    private final List<String> pieces = new ArrayList<>();

    @BeforeAll
    static void train() {
        tokenizer = StudentTokenizer.train(List.of("the cat sat on the mat", "a cat is a cat"), 300);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    private AnswerText text(String... stops) {
        return new AnswerText(tokenizer::decode, List.of(stops), pieces::add);
    }

    private static List<Integer> tokens(String text) {
        return java.util.Arrays.stream(tokenizer.encode(text)).boxed().toList();
    }

    /** Where a stop string ended it, or how many tokens there were. */
    private static int feed(AnswerText text, List<Integer> tokens) {
        for (int count = 1; count <= tokens.size(); count++) {
            if (text.grow(tokens.subList(0, count))) {
                text.end(tokens.subList(0, count));
                return count;
            }
        }
        text.end(tokens);
        return tokens.size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"the cat sat", "Zürich 🦁 naïve", "日本語の文章", "👩‍👩‍👧‍👦!", "a\u0301b", "\n\t  x "})
    void grow_charactersOfSeveralTokens_comeWhole(String words) {
        var text = text();
        feed(text, tokens(words));

        assertThat(String.join("", pieces)).isEqualTo(words).isEqualTo(text.text());
        assertThat(pieces).noneMatch(piece -> piece.contains("\uFFFD"));
        assertThat(pieces).noneMatch(piece -> Character.isHighSurrogate(piece.charAt(piece.length() - 1)));
    }

    @Test
    void end_unfinishedCharacter_isMarkedAsUnknown() {
        var all = tokens("ok 🦁");
        var text = text();
        feed(text, all.subList(0, all.size() - 1));

        assertThat(text.text()).startsWith("ok ").contains("\uFFFD");
    }

    @Test
    void grow_bytesThatAreNoText_areGivenAsUnknownAfterAWhile() {
        int lone = tokenizer.encode("é")[1];
        var text = text();
        feed(text, java.util.Collections.nCopies(200, lone));

        assertThat(pieces.size()).isGreaterThan(3);
        assertThat(text.text()).contains("\uFFFD");
    }

    @Test
    void grow_randomTokens_givesWhatTheTokenizerDecodesAtOnce() {
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            pieces.clear();
            var tokens = random.ints(1 + random.nextInt(20), 2, 200).boxed().toList();
            var text = text();
            feed(text, tokens);

            String whole =
                    tokenizer.decode(tokens.stream().mapToInt(Integer::intValue).toArray());
            assertThat(text.text()).isEqualTo(whole);
            assertThat(String.join("", pieces)).isEqualTo(whole);
        }
    }

    @Test
    void grow_stopStringAcrossTokens_isHeldBackAndLeftOut() {
        var text = text("\n\nUser:", "END");
        int count = feed(text, tokens("the cat\n\nUser: on"));

        assertThat(text.text()).isEqualTo("the cat");
        assertThat(String.join("", pieces)).isEqualTo("the cat");
        assertThat(count).isLessThan(tokens("the cat\n\nUser: on").size());
    }

    @Test
    void grow_beginningOfAStopStringThatGoesOnOtherwise_isGiven() {
        var text = text("END");
        feed(text, tokens("the EN of ENGLAND, EN"));

        assertThat(String.join("", pieces)).isEqualTo("the EN of ENGLAND, EN").isEqualTo(text.text());
    }

    @Test
    void grow_severalStopStrings_theFirstInTheTextCounts() {
        var text = text("mat", "sat on the m");
        feed(text, tokens("the cat sat on the mat"));

        assertThat(text.text()).isEqualTo("the cat ");
    }
}
