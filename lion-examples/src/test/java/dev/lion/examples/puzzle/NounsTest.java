package dev.lion.examples.puzzle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NounsTest {
    @ParameterizedTest
    @CsvSource({
        "cup,cups",
        "peach,peaches",
        "strawberry,strawberries",
        "toy,toys",
        "mouse,mice",
        "knife,knives",
        "fish,fish",
        "potato,potatoes",
        "piano,pianos",
        "giraffe,giraffes",
        "octopus,octopuses",
        "fox,foxes",
        "head of broccoli,heads of broccoli",
        "pair of sunglasses,pairs of sunglasses",
        "lettuce head,lettuce heads"
    })
    void plural_noun_isRecognisedAsTheSame(String singular, String plural) {
        assertThat(Nouns.plural(singular)).isEqualTo(plural);
        assertThat(Nouns.same(singular, plural)).isTrue();
        assertThat(Nouns.same(plural, "zither")).isFalse();
    }
}
