package dev.lion.teacher.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.lion.data.FinishReason;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonVerdictTest {
    private static final TokenUsage USAGE = new TokenUsage(30, 4);
    private static final String WHOLE =
            "{\"mark\":\"bcdfghjk\",\"evidence\":\"Clear.\",\"score_of_answer_1\":8.5,\"score_of_answer_2\":3}";

    private static Verdict read(String reply, Scale scale) {
        return JsonVerdict.read(new Response(reply, FinishReason.STOP, USAGE), scale, "bcdfghjk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                WHOLE,
                "\n  " + WHOLE + "\n\n",
                "```json\n" + WHOLE + "\n```",
                "```\n" + WHOLE + "\n```",
                "```json\r\n" + WHOLE + "\r\n```\r\n",
                "```JSON \n\n" + WHOLE + "\n \n```",
                "\uFEFF" + WHOLE,
                "\uFEFF\n```json\n" + WHOLE + "\n```",
                "<think>Score 5? {\"score_of_answer_1\":1}</think>\n" + WHOLE,
                "{\"score_of_answer_2\":\"3\",\"score_of_answer_1\":\" 8.5 \",\"evidence\":\"Clear.\",\"mark\":\"[BCDFGHJK]\"}"
            })
    void read_wholeObject_givesItsScores(String reply) {
        assertThat(read(reply, Scale.ONE_TO_TEN)).isEqualTo(new Verdict.Scored(8.5, 3, "Clear.", USAGE));
    }

    @Test
    void read_noEvidence_givesItsScores() {
        assertThat(read("{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":8,\"score_of_answer_2\":3}", Scale.ONE_TO_TEN))
                .isEqualTo(new Verdict.Scored(8, 3, "", USAGE));
    }

    @Test
    void read_evidenceWithATagOfReasoning_isNotCutThere() {
        String reply = WHOLE.replace("Clear.", "It says </think> and <think>.");

        assertThat(read(reply, Scale.ONE_TO_TEN))
                .isEqualTo(new Verdict.Scored(8.5, 3, "It says </think> and <think>.", USAGE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\u0001',
            value = {
                "Score of answer 1: 8 ~ the reply is not a JSON object without faults",
                "[1, 2] ~ the reply is not the JSON object that was asked for",
                "8 ~ the reply is not the JSON object that was asked for",
                "```json ~ the reply is not a JSON object without faults",
                "``` ~ the reply is not a JSON object without faults",
                "Here it is: {\"mark\":\"bcdfghjk\"} ~ the reply is not a JSON object without faults",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":8,\"score_of_answer_2\":3} {} ~ there is something after",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":8,\"score_of_answer_2\":3} done ~ the reply is not a JSON object",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":8,\"score_of_answer_1\":8,\"score_of_answer_2\":3} ~ the reply is not a JSON object without faults: Duplicate",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":8} ~ the JSON object has no field score_of_answer_2",
                "{\"score_of_answer_1\":8,\"score_of_answer_2\":3} ~ the JSON object has no field mark",
                "{\"mark\":\"zzzzzzzz\",\"score_of_answer_1\":8,\"score_of_answer_2\":3} ~ the mark of the JSON object is not that",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":0,\"score_of_answer_2\":3} ~ the field score_of_answer_1 is outside 1 to 10",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":8,\"score_of_answer_2\":10.5} ~ the field score_of_answer_2 is outside 1 to 10",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":-8,\"score_of_answer_2\":3} ~ the field score_of_answer_1 is not a plain number",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":1e1,\"score_of_answer_2\":3} ~ the field score_of_answer_1 is not a plain number",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":\"8/10\",\"score_of_answer_2\":3} ~ the field score_of_answer_1 is not a plain number",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":\"eight\",\"score_of_answer_2\":3} ~ the field score_of_answer_1 is not a plain number",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":null,\"score_of_answer_2\":3} ~ the field score_of_answer_1 of the JSON object is not a number",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":[8],\"score_of_answer_2\":3} ~ the field score_of_answer_1 of the JSON object is not a number",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":true,\"score_of_answer_2\":3} ~ the field score_of_answer_1 of the JSON object is not a number",
                "{\"mark\":7,\"score_of_answer_1\":8,\"score_of_answer_2\":3} ~ the field mark of the JSON object is not a text",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":8,\"score_of_answer_2\":3,\"score\":4} ~ the JSON object has the field 'score'",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":8,\"score_of_answer_2\":3 ~ the reply is not a JSON object without faults",
                "{\"mark\":\"bcdfghjk\",\"score_of_answer_1\":NaN,\"score_of_answer_2\":3} ~ the reply is not a JSON object without faults"
            })
    void read_anythingElse_abstainsWithTheReason(String reply, String reason) {
        assertThat(read(reply, Scale.ONE_TO_TEN))
                .asInstanceOf(type(Verdict.Abstained.class))
                .satisfies(abstained -> {
                    assertThat(abstained.reason()).startsWith(reason);
                    assertThat(abstained.usage()).isEqualTo(USAGE);
                });
    }

    @Test
    void read_cutByLength_namesTheLimit() {
        Response reply = new Response(WHOLE.substring(0, 60), FinishReason.LENGTH, USAGE);

        assertThat(JsonVerdict.read(reply, Scale.ONE_TO_TEN, "bcdfghjk"))
                .asInstanceOf(type(Verdict.Abstained.class))
                .satisfies(abstained -> assertThat(abstained.reason()).endsWith("cut by the limit on its length"));
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 1", "2, 1, 10", "tie, 5.5, 5.5"})
    void read_preference_isScoresOfBoth(String better, double first, double second) {
        assertThat(read(
                        "{\"mark\":\"bcdfghjk\",\"evidence\":\"\",\"better_answer\":\"" + better + "\"}",
                        Scale.PREFERENCE))
                .isEqualTo(new Verdict.Scored(first, second, "", USAGE));
    }

    @Test
    void read_preferenceOfNeither_abstains() {
        assertThat(read("{\"mark\":\"bcdfghjk\",\"evidence\":\"\",\"better_answer\":\"3\"}", Scale.PREFERENCE))
                .isInstanceOf(Verdict.Abstained.class);
    }

    @Test
    void read_otherScale_isMappedToOneToTen() {
        String reply = "{\"mark\":\"bcdfghjk\",\"evidence\":\"\",\"score_of_answer_1\":3,\"score_of_answer_2\":5}";

        assertThat(read(reply, Scale.ONE_TO_FIVE)).isEqualTo(new Verdict.Scored(5.5, 10, "", USAGE));
    }

    @Test
    @Timeout(20)
    void read_fenceOfEmptyLines_endsSoon() {
        assertThat(read("```json\n" + "\n".repeat(500_000) + "x", Scale.ONE_TO_TEN))
                .isInstanceOf(Verdict.Abstained.class);
        assertThat(read("```json\n" + "\n".repeat(500_000) + "```", Scale.ONE_TO_TEN))
                .isInstanceOf(Verdict.Abstained.class);
    }

    @Test
    void read_deeplyNestedOrHuge_abstains() {
        assertThat(read("{\"mark\":".repeat(100_000), Scale.ONE_TO_TEN)).isInstanceOf(Verdict.Abstained.class);
        assertThat(read("[".repeat(1_000_000), Scale.ONE_TO_TEN)).isInstanceOf(Verdict.Abstained.class);
        assertThat(read(WHOLE.replace("8.5", "8".repeat(100_000)), Scale.ONE_TO_TEN))
                .isInstanceOf(Verdict.Abstained.class);
    }
}
