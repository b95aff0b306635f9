package dev.lion.teacher;

import static dev.lion.teacher.ChatCompletionsServer.completion;
import static dev.lion.teacher.ChatCompletionsServer.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.lion.data.Instruction;
import dev.lion.data.Judgement;
import dev.lion.data.Response;
import dev.lion.data.TokenUsage;
import dev.lion.data.Verdict;
import dev.lion.jury.BallotLine;
import dev.lion.role.Comparison;
import dev.lion.role.RetryableRoleException;
import dev.lion.role.Unbilled;
import dev.lion.teacher.ChatCompletionsServer.Reply;
import dev.lion.teacher.chat.ChatModelDecorator;
import dev.lion.teacher.prompt.ChatPrompt;
import dev.lion.teacher.prompt.PromptTemplate;
import dev.lion.teacher.prompt.Scale;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
    void judge_evidenceThatBeginsLikeBallots_isNoJurys() throws Exception {
        var model = new ScriptedModel(
                false, message -> "[ballots gpt=10:1 claude=10:1]\nScore of answer 1: 8\nScore of answer 2: 6");

        assertThat(ChatModelReferee.of(model)
                        .judge(new Comparison(Instruction.of("Why?"), Response.of("So."), Response.of("Thus."))))
                .isInstanceOfSatisfying(Verdict.Scored.class, scored -> {
                    assertThat(BallotLine.read(scored)).isEmpty();
                    assertThat(scored.evidence()).isEqualTo("> [ballots gpt=10:1 claude=10:1]");
                });
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

    @Test
    void judge_modelThatSupportsSchemas_isHeldToOneWithTheEvidenceBeforeTheScores() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("{\"mark\":\"" + mark(request)
                + "\",\"evidence\":\"Clear.\",\"score_of_answer_1\":9,\"score_of_answer_2\":2.5}"))) {
            var model = ChatModelFixture.builder(server)
                    .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                    .strictJsonSchema(true)
                    .build();
            Verdict verdict = ChatModelReferee.of(model).judge(new Comparison(QUESTION, GOOD, POOR));

            JsonNode schema = server.requests().get(0).at("/response_format/json_schema/schema");
            assertThat(verdict).isEqualTo(new Verdict.Scored(9, 2.5, "Clear.", new TokenUsage(11, 7)));
            assertThat(schema.get("properties").fieldNames())
                    .toIterable()
                    .containsExactly("mark", "evidence", "score_of_answer_1", "score_of_answer_2");
            assertThat(schema.get("required")).hasSize(4);
            assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
        }
    }

    private static String mark(JsonNode request) {
        var mark = Pattern.compile("\\b[bcdfghjkmnpqrtvw]{8}\\b").matcher(message(request, "user"));
        assertThat(mark.find()).isTrue();
        return mark.group();
    }

    @Test
    void structuredOutput_forcedOrSwitchedOff_decidesWhateverTheModelSays() throws Exception {
        var silent = new ScriptedModel(false, message -> "");
        var able = new ScriptedModel(true, message -> "");
        Comparison comparison = new Comparison(QUESTION, GOOD, POOR);
        ChatModelReferee.builder(silent)
                .structuredOutput(StructuredOutput.ALWAYS)
                .build()
                .judge(comparison);
        ChatModelReferee.builder(able)
                .structuredOutput(StructuredOutput.NEVER)
                .build()
                .judge(comparison);

        assertThat(silent.requests().get(0).responseFormat().jsonSchema().name())
                .isEqualTo("verdict");
        assertThat(able.requests().get(0).responseFormat()).isNull();
        assertThat(ScriptedModel.user(able.requests().get(0))).contains("] Score of answer 1: N");
    }

    @Test
    void judge_samples_areAskedWithOtherRequestsAndAveraged() throws Exception {
        var scores = new ArrayDeque<>(List.of("8 5", "9 4", "x x"));
        var model = ScriptedModel.of(message -> {
            String[] both = scores.remove().split(" ", -1);
            return "Clear.\nScore of answer 1: " + both[0] + "\nScore of answer 2: " + both[1];
        });
        ChatModelReferee referee = ChatModelReferee.builder(model).samples(3).build();
        Comparison comparison = new Comparison(QUESTION, GOOD, POOR);
        Verdict verdict = referee.judge(comparison);

        assertThat(verdict)
                .isEqualTo(new Verdict.Scored(
                        8.5,
                        4.5,
                        "[ballots 1=8:5 2=9:4 3=-]\n\n1: Clear.\n\n2: Clear.\n\n"
                                + "3: the score of answer 1 is not a single number: 'x'",
                        new TokenUsage(33, 21)));
        assertThat(model.requests()).doesNotHaveDuplicates().hasSize(3);
        TokenUsage one = ChatModelReferee.of(model).mostTokens(comparison).orElseThrow();
        assertThat(referee.mostTokens(comparison))
                .contains(new TokenUsage(3 * one.inputTokens(), 3 * one.outputTokens()));
    }

    @Test
    void scoresFirst_reply_isAskedForAndReadWithTheWordsBehind() throws Exception {
        try (var server = ChatCompletionsServer.start(request -> completion("[" + mark(request)
                + "] Score of answer 1: 8\n[" + mark(request) + "] Score of answer 2: 5\nThe first is right."))) {
            ChatModelReferee referee = ChatModelReferee.builder(ChatModelFixture.model(server))
                    .scoresFirst()
                    .build();
            assertThat(referee.judge(new Comparison(QUESTION, GOOD, POOR)))
                    .isEqualTo(new Verdict.Scored(8, 5, "The first is right.", new TokenUsage(11, 7)));
            JsonNode request = server.requests().get(0);
            assertThat(message(request, "system"))
                    .contains("Your verdict comes first")
                    .doesNotContain("evidence");
            assertThat(message(request, "user"))
                    .contains("Begin with these two lines")
                    .doesNotContain("evidence first");
            assertThat(referee.fingerprints())
                    .isNotEqualTo(
                            ChatModelReferee.of(ChatModelFixture.model(server)).fingerprints());
        }
    }

    @Test
    void build_scoresFirstAsJsonOrPreference_isRefused() {
        var model = ScriptedModel.of(message -> "");
        assertThatThrownBy(() -> ChatModelReferee.builder(model)
                        .scoresFirst()
                        .structuredOutput(StructuredOutput.ALWAYS)
                        .build())
                .hasMessageContaining("points in lines");
        assertThatThrownBy(() -> ChatModelReferee.builder(model)
                        .scoresFirst()
                        .scale(Scale.PREFERENCE)
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void judge_halfOfTheSamplesWithoutScores_abstains() throws Exception {
        var replies = new ArrayDeque<>(List.of("Score of answer 1: 8\nScore of answer 2: 5", ""));
        var referee = ChatModelReferee.builder(ScriptedModel.of(message -> replies.remove()))
                .samples(2)
                .build();

        assertThat(referee.judge(new Comparison(QUESTION, GOOD, POOR)))
                .isEqualTo(new Verdict.Abstained(
                        "1 of 2 gave scores, and it takes 2; 2: the score of answer 1 is missing",
                        new TokenUsage(22, 14)));
    }

    @Test
    void judge_laterSampleRefused_isNotSaidToBeFree() throws Exception {
        var replies = new ArrayDeque<>(List.of(
                completion("Score of answer 1: 8\nScore of answer 2: 5"), ChatCompletionsServer.status(429, "{}")));
        try (var server = ChatCompletionsServer.start(request -> replies.remove())) {
            var referee = ChatModelReferee.builder(ChatModelFixture.model(server))
                    .samples(2)
                    .build();

            assertThatThrownBy(() -> referee.judge(new Comparison(QUESTION, GOOD, POOR)))
                    .isInstanceOf(RetryableRoleException.class)
                    .isNotInstanceOf(Unbilled.class)
                    .hasMessageStartingWith("the referee's sample 2 failed after 1 of 2 had answered");
        }
    }

    @Test
    void judge_megabytes_sendsNoMoreThanTheLimitAndCounts() throws Exception {
        var model = ScriptedModel.of(message -> "");
        ChatModelReferee referee =
                ChatModelReferee.builder(model).mostShown(1000).build();
        Response huge = Response.of("Score of answer 1: 10\n".repeat(200_000));
        referee.judge(new Comparison(QUESTION, huge, GOOD));
        referee.judge(new Comparison(QUESTION, huge, huge));

        assertThat(model.requests())
                .allSatisfy(request -> assertThat(ScriptedModel.user(request))
                        .hasSizeLessThan(4000)
                        .contains("<<<LEFT OUT "));
        assertThat(referee.cutTexts()).isEqualTo(3);
        assertThat(referee.mostTokens(new Comparison(QUESTION, huge, huge))
                        .orElseThrow()
                        .inputTokens())
                .isLessThan(10_000);
    }

    @Test
    void judge_ownCriteriaScaleAndContext_areInTheRequestAndTheFingerprints() throws Exception {
        var model = ScriptedModel.of(message -> "Better answer: 2");
        ChatModelReferee referee = ChatModelReferee.builder(model)
                .scale(Scale.PREFERENCE)
                .criterion("politeness")
                .criterion("{braces} $1")
                .domain("a bank's desk")
                .systemPrompt("You are {the} desk.")
                .build();

        assertThat(referee.judge(new Comparison(QUESTION, GOOD, POOR)))
                .isEqualTo(new Verdict.Scored(1, 10, "", new TokenUsage(11, 7)));
        assertThat(model.requests().get(0).messages().get(0).toString())
                .contains("- politeness\n- {braces} $1\n", "Give no scores", "a bank's desk", "You are {the} desk.")
                .doesNotContain("Judge how far");
        assertThat(referee.fingerprints())
                .containsEntry("referee.scale", "preference")
                .doesNotContainEntry(
                        "prompt.referee.criteria",
                        ChatModelReferee.of(model).fingerprints().get("prompt.referee.criteria"))
                .containsKeys("prompt.referee.domain", "prompt.referee.rules");
    }

    @Test
    void build_promptWithoutRoomForTheScale_isRefused() {
        var prompt = new ChatPrompt(
                PromptTemplate.of("mine.txt", "Judge. {format}"),
                PromptTemplate.of("u", "{code} {instruction} {first} {second}"));
        var model = ScriptedModel.of(message -> "");

        assertThat(ChatModelReferee.builder(model).prompt(prompt).build().fingerprints())
                .containsKey("prompt.referee.system");
        assertThatThrownBy(() -> ChatModelReferee.builder(model)
                        .prompt(prompt)
                        .scale(Scale.ONE_TO_FIVE)
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mine.txt")
                .hasMessageContaining("lacks {scale}");
        assertThatThrownBy(() -> ChatModelReferee.builder(model).criterion(" ").build())
                .hasMessageContaining("a criterion");
    }

    @Test
    void build_samplesAndBatches_isRefused() {
        BatchChatModel unused = (BatchChatModel) Proxy.newProxyInstance(
                BatchChatModel.class.getClassLoader(),
                new Class<?>[] {BatchChatModel.class},
                (proxy, method, values) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        ChatModelReferee.Builder builder = ChatModelReferee.builder(ScriptedModel.of(message -> ""))
                .batches(unused)
                .samples(2);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("samples(2) cannot go with batches(…): a batch asks once about each comparison");
    }

    /** A decorator that notes what was of no use. */
    private static final class Noting extends ChatModelDecorator {
        private final List<ChatRequest> discarded = new ArrayList<>();

        Noting(ChatModel wrapped) {
            super(wrapped);
        }

        @Override
        public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
            return ask(request, options);
        }

        @Override
        public void discard(ChatRequest request) {
            discarded.add(request);
        }
    }

    @Test
    void judge_replyOfNoUse_isDiscardedFromACacheBelow() throws Exception {
        var replies = new ArrayDeque<>(List.of("Score of answer 1: 8\nScore of answer 2: 5", "I cannot say."));
        var model = ScriptedModel.of(message -> replies.remove());
        var noting = new Noting(model);
        ChatModelReferee referee = ChatModelReferee.of(noting);
        referee.judge(new Comparison(QUESTION, GOOD, POOR));
        referee.judge(new Comparison(QUESTION, POOR, GOOD));

        assertThat(noting.discarded).containsExactly(model.requests().get(1));
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
