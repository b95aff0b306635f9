package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.role.Comparison;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChatModelRefereeTest {
    private static final Instruction QUESTION = Instruction.of("Why is the sky blue?");
    private static final Response GOOD = Response.of("Air scatters short waves most.");
    private static final Response POOR = Response.of("It mirrors the sea.");

    @Test
    void judge_defaults_sendsFramedTextsWithThePapersSettings() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("x"))) {
            ChatModelReferee.of(ChatModelFixture.model(server))
                    .judge(new Comparison(Instruction.of("Sort this.", "b a"), GOOD, POOR));

            JsonNode request = server.requests().get(0);
            assertThat(request.get("temperature").asDouble()).isEqualTo(0.2);
            assertThat(request.get("max_tokens").asInt()).isEqualTo(512);
            assertThat(message(request, "user"))
                    .containsPattern("BEGIN INSTRUCTION ([0-9a-f]{16})>>>\nSort this.\nb a\n<<<END INSTRUCTION \\1>>>")
                    .containsPattern(
                            "BEGIN ANSWER 1 ([0-9a-f]{16})>>>\nAir scatters short waves most.\n<<<END ANSWER 1 \\1")
                    .containsPattern("BEGIN ANSWER 2 ([0-9a-f]{16})>>>\nIt mirrors the sea.\n<<<END ANSWER 2 \\1");
        }
    }

    @Test
    void judge_bothOrders_averageToTheGapWhateverTheBiasOfPosition() throws Exception {
        try (var server = ChatCompletionsServer.start(ChatModelRefereeTest::favourTheFirst)) {
            var referee = ChatModelReferee.of(ChatModelFixture.model(server));
            var judgement = new Judgement(
                    QUESTION.id(),
                    Optional.of(referee.judge(new Comparison(QUESTION, GOOD, POOR))),
                    Optional.of(referee.judge(new Comparison(QUESTION, POOR, GOOD))),
                    Optional.empty());

            assertThat(judgement.teacherScore()).hasValue(8.5);
            assertThat(judgement.studentScore()).hasValue(3.5);
            assertThat(judgement.teacherFirst().orElseThrow().usage()).isEqualTo(new TokenUsage(11, 7));
        }
    }

    @Test
    void judge_sameComparisonTwice_sendsTheSameRequest() throws Exception {
        try (var server = ChatCompletionsServer.start(ChatModelRefereeTest::favourTheFirst)) {
            var referee = ChatModelReferee.of(ChatModelFixture.model(server));
            referee.judge(new Comparison(QUESTION, GOOD, POOR));
            referee.judge(new Comparison(QUESTION, GOOD, POOR));
            referee.judge(new Comparison(QUESTION, POOR, GOOD));

            assertThat(server.requests().get(1)).isEqualTo(server.requests().get(0));
            assertThat(server.requests().get(2)).isNotEqualTo(server.requests().get(0));
        }
    }

    @Test
    void judge_emptyAnswer_isFramedAndJudgedLikeAnyOther() throws Exception {
        try (var server = ChatCompletionsServer.start(ChatModelRefereeTest::favourTheFirst)) {
            Verdict verdict = ChatModelReferee.of(ChatModelFixture.model(server))
                    .judge(new Comparison(QUESTION, GOOD, Response.of("")));

            assertThat(verdict).isInstanceOf(Verdict.Scored.class);
        }
    }

    @Test
    void judge_replyWithoutScores_abstainsWithItsUsage() throws Exception {
        assertAbstains(completion("Both are fine.", "stop", 30, 4), "the score of answer 1 is missing");
    }

    @Test
    void judge_replyCutByLength_abstainsAndNamesTheLimit() throws Exception {
        assertAbstains(
                completion("Score of answer 1: 8\nScore of answer 2: 1", "length", 30, 4),
                "the score of answer 2 is missing; the reply was cut by the limit on its length");
    }

    @Test
    void judge_replyWithheld_abstains() throws Exception {
        assertAbstains(
                completion("Score of answer 1: 8\nScore of answer 2: 1", "content_filter", 30, 4),
                "the provider withheld the reply, or the model declined");
    }

    private static void assertAbstains(Reply reply, String reason) throws Exception {
        try (var server = ChatCompletionsServer.start(request -> reply)) {
            Verdict verdict =
                    ChatModelReferee.of(ChatModelFixture.model(server)).judge(new Comparison(QUESTION, GOOD, POOR));

            assertThat(verdict)
                    .asInstanceOf(type(Verdict.Abstained.class))
                    .isEqualTo(new Verdict.Abstained(reason, new TokenUsage(30, 4)));
        }
    }

    /** 9 or 3 for the answer, and a point less for the second place. */
    private static Reply favourTheFirst(JsonNode request) {
        String user = message(request, "user");
        boolean goodFirst = user.indexOf("scatters") < user.indexOf("ANSWER 2");
        return completion("The one about scattering is right, the other is a myth.\n\nScore of answer 1: "
                + (goodFirst ? "9" : "4") + "\nScore of answer 2: " + (goodFirst ? "3" : "8"));
    }
}
