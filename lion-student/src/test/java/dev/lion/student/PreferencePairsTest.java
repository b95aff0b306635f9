package dev.lion.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lion.data.FinishReason;
import dev.lion.data.ImitationSummary;
import dev.lion.data.ImitationSummary.Preferences;
import dev.lion.data.Instruction;
import dev.lion.data.Preference;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.student.checkpoint.SpecialTokenIds;
import dev.lion.student.decoder.LabelledSequence;
import dev.lion.student.prompt.PromptEncoder;
import dev.lion.student.prompt.PromptFormat;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PreferencePairsTest {
    private static final Instruction QUESTION = Instruction.of("What is 1 plus 1?");
    private static final Response RIGHT = Response.of("It is 2.");
    private static final Response WRONG = Response.of("It is 10.");
    private static StudentTokenizer tokenizer;
    private static PromptEncoder encoder;

    @BeforeAll
    static void trainTokenizer() {
        tokenizer = StudentTokenizer.train(List.of(QUESTION.text(), RIGHT.text(), WRONG.text()), 270);
        encoder = new PromptEncoder(
                tokenizer, SpecialTokenIds.of(tokenizer.eosId(), tokenizer.padId()), PromptFormat.plain());
    }

    @AfterAll
    static void free() {
        tokenizer.close();
    }

    private static Response cut(Response answer) {
        return new Response(answer.text(), FinishReason.LENGTH, TokenUsage.NONE);
    }

    private static int last(LabelledSequence sequence) {
        return sequence.token(sequence.length() - 1);
    }

    @Test
    void of_bothAnswersEnded_learnsTheirEnds() {
        var pair = new PreferencePairs(encoder)
                .of(List.of(new Preference(QUESTION, RIGHT, WRONG)))
                .get(0);

        assertThat(last(pair.chosen())).isEqualTo(encoder.end());
        assertThat(last(pair.rejected())).isEqualTo(encoder.end());
        assertThat(pair.rejected().promptLength())
                .isEqualTo(pair.chosen().promptLength())
                .isEqualTo(encoder.prompt(QUESTION).length);
        assertThat(pair.chosen().id()).isEqualTo(QUESTION.id());
    }

    @Test
    void of_rejectedAnswerWasCut_learnsNoEndOfIt() {
        var pairs = new PreferencePairs(encoder);
        var ended = pairs.of(List.of(new Preference(QUESTION, RIGHT, WRONG))).get(0);
        var cut = pairs.of(List.of(new Preference(QUESTION, RIGHT, cut(WRONG)))).get(0);

        assertThat(cut.chosen().length()).isEqualTo(ended.chosen().length());
        assertThat(cut.rejected().length()).isEqualTo(ended.rejected().length() - 1);
        assertThat(cut.rejected().labelCount()).isEqualTo(ended.rejected().labelCount() - 1);
        assertThat(last(cut.rejected())).isNotEqualTo(encoder.end());
    }

    @Test
    void of_answerWithoutWords_isLeftOutAndCounted() {
        var pairs = new PreferencePairs(encoder);
        var encoded = pairs.of(
                List.of(new Preference(QUESTION, RIGHT, Response.of("\n")), new Preference(QUESTION, RIGHT, WRONG)));
        var none = ImitationSummary.ofAll(3, 30, List.of());
        var some = none.with(new Preferences(1, 2, 1));

        assertThat(encoded).hasSize(1);
        assertThat(pairs.accountedIn(none, 1).preferences()).contains(new Preferences(0, 1, 1));
        assertThat(pairs.accountedIn(some, 1).preferences()).contains(new Preferences(1, 3, 1));
        assertThat(pairs.accountedIn(none, 0)).isEqualTo(none);
    }
}
